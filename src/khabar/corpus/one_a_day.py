"""The field's one-a-day filter: what one actor did to another on a day counts once, whoever reports it.

Schrodt and Van Brackle, «Automated Coding of Political Event Data» (2013): reports of one source, target,
type and date are taken to be one event. Here the country of the place and the factuality keep events apart
too. It needs no likeness of texts, and so makes one of two strikes on one day; the finer way is
`khabar.corpus.event_groups`.
"""

from __future__ import annotations

from khabar.corpus.schema import UNKNOWN
from khabar.scoring import NOBODY

_DAY = "____-__-__"

SQL = f"""
    WITH told AS (
        SELECT e.date, e.type, e.factuality, e.place.country AS country, e.quad, e.article, e.number,
               e.id AS event, e.confidence, a.published, e.month,
               CASE WHEN len(e.actors) = 0 THEN ['{NOBODY}']
                    ELSE [p.code FOR p IN e.actors] END AS actors,
               CASE WHEN len(e.recipients) = 0 THEN ['{NOBODY}']
                    ELSE [p.code FOR p IN e.recipients] END AS recipients
        FROM events e JOIN articles a USING (article)
        WHERE e.date LIKE '{_DAY}'
    ), dyads AS (
        SELECT actor, unnest(recipients) AS recipient, * EXCLUDE (actor, recipients)
        FROM (SELECT unnest(actors) AS actor, * EXCLUDE (actors) FROM told)
    ), ranked AS (
        SELECT *, row_number() OVER (
                   PARTITION BY date, actor, recipient, type, factuality, country
                   ORDER BY confidence DESC, published NULLS LAST, article, number) AS place,
               count(*) OVER same AS records, count(DISTINCT article) OVER same AS articles,
               min(nullif(month, '{UNKNOWN}')) OVER same AS first_month
        FROM (SELECT DISTINCT * FROM dyads)
        WINDOW same AS (PARTITION BY date, actor, recipient, type, factuality, country)
    )
    SELECT coalesce(first_month, '{UNKNOWN}') AS month, date, actor, recipient, type, factuality, country,
           quad, records, articles, article, number, event, confidence
    FROM ranked WHERE place = 1
    ORDER BY month, date, actor, recipient, type, factuality, country NULLS FIRST
"""  # noqa: S608 - nothing in it is given by anybody
"""Rows of `one_a_day` with their month; events whose day the text does not tell have no part in it.

Those who are several on a side are taken one by one.
"""
