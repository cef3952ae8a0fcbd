-- A portfolio of :accounts accounts, skewed as real ones are, and the sums over it; for a new database. Tiers are 65, 24
-- and 11 %; 1 % have neither score nor tier yet, 3 % no arr, 5 % no renewal, 0.5 % are closed. The greatest of 200 owners
-- has 7 % of the accounts, the greatest of 3 segments 70 %; a third of the accounts have one of :accounts / 50 parents.
SET client_min_messages = warning;
SELECT setseed(0.5);

-- Groups are keyed hashes by the secret of the installation, which is so made here.
INSERT INTO "installation" VALUES (1, 'UTC', (extract(epoch FROM now()) * 1000)::bigint,
  (extract(epoch FROM now()) * 1000)::bigint, 1, decode(repeat('07', 32), 'hex'));

CREATE FUNCTION pg_temp.key("dimension" text, "value" text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT translate(rtrim(encode(substring(sha256(decode(repeat('07', 32), 'hex')
    || convert_to("dimension" || '/' || "value", 'UTF8')) FOR 8), 'base64'), '='), '+/', '-_')
$$;

CREATE TEMP TABLE "drawn" AS
SELECT n,
  CASE WHEN r1 < 0.01 THEN NULL WHEN r1 < 0.01 + 0.99 * 0.65 THEN 'green'
    WHEN r1 < 0.01 + 0.99 * 0.89 THEN 'yellow' ELSE 'red' END AS "tier",
  r2, r3, r4, r5, r6, r7, r8, r9,
  'owner-' || floor(200 * r10 * r10)::int AS "owner",
  CASE WHEN r11 < 0.7 THEN 'smb' WHEN r11 < 0.92 THEN 'mid-market' ELSE 'enterprise' END AS "segment",
  CASE WHEN r12 < 0.33 THEN 'parent-' || floor(:accounts / 50 * r13 * r13)::int END AS "parent",
  (ARRAY['Acme', 'Umbrella', 'Initech', 'Northwind', 'Contoso', 'Stark', 'Wayne', 'Globex', 'Hooli', 'Zenith',
    'Blue', 'Silver', 'Delta', 'Omega', 'Quantum', 'River', 'Summit', 'Vertex', 'Wonder', 'Yellow'])[1 + floor(20 * r14 * r14)::int]
    || ' ' || (ARRAY['Software', 'Logistics', 'Health', 'Foods', 'Energy', 'Media', 'Labs', 'Group', 'Retail', 'Bank'])[1 + floor(10 * r15)::int]
    || ' ' || n AS "name"
FROM (SELECT n, random() AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r5, random() AS r6,
    random() AS r7, random() AS r8, random() AS r9, random() AS r10, random() AS r11, random() AS r12, random() AS r13,
    random() AS r14, random() AS r15
  FROM generate_series(1, :accounts) n) "random";

INSERT INTO "standing"
SELECT 'account-' || translate(encode(sha256(n::text::bytea), 'base64'), E'+/=\n', '-_'),
  convert_to('customer-' || n, 'UTF8'),
  convert_to(lower("name"), 'UTF8'),
  pg_temp.key('owner', "owner"), pg_temp.key('segment', "segment"), pg_temp.key('parent', "parent"),
  json_strip_nulls(json_build_object('name', "name", 'owner', "owner", 'parent', "parent", 'segment', "segment"))::text,
  "tier",
  CASE WHEN "tier" IS NOT NULL THEN (extract(epoch FROM now()) - r2 * 86400 * 200)::bigint * 1000 END,
  CASE WHEN r3 < 0.3 THEN 'yellow' END,
  CASE "tier" WHEN 'green' THEN round((80 + 20 * r4)::numeric, 4) WHEN 'yellow' THEN round((50 + 30 * r4)::numeric, 4)
    WHEN 'red' THEN round((50 * sqrt(r4))::numeric, 4) END,
  CASE WHEN "tier" IS NOT NULL THEN round((3 * sqrt(-2 * ln(1 - r5)) * cos(2 * pi() * r6))::numeric, 4) END,
  CASE WHEN "tier" IS NOT NULL THEN round((8 * sqrt(-2 * ln(1 - r5)) * sin(2 * pi() * r6))::numeric, 4) END,
  CASE WHEN "tier" IS NOT NULL
    THEN '{"key":"active-users","metric":true,"name":"Active users","points":' || round((20 * r7)::numeric, 4) || '}' END,
  CASE WHEN r8 > 0.03 THEN round(exp(9.5 + 1.3 * sqrt(-2 * ln(1 - r9)) * cos(2 * pi() * r2))) END,
  CASE WHEN r3 > 0.05 THEN :today - 30 + floor(760 * r7)::int END,
  CASE WHEN r2 < 0.005 THEN 2147483647 ELSE :today + 1 + floor(60 * r6 * r6)::int END,
  CASE WHEN r2 < 0.005 THEN (extract(epoch FROM now()) - r5 * 86400 * 200)::bigint * 1000 END,
  (extract(epoch FROM now()) - r9 * 86400 * 30)::bigint * 1000
FROM "drawn";

CREATE TEMP TABLE "grouped" AS
SELECT "group", "dimension", coalesce("labels"::json ->> "dimension", '') AS "value", coalesce("tier", '') AS "tier",
  "renewal_on" AS "day", count(*) AS "accounts", sum(coalesce("arr", 0))::numeric(30, 2) AS "arr"
FROM "standing", LATERAL (VALUES ('', ''), ("owner", 'owner'), ("segment", 'segment'), ("parent", 'parent'))
  "groups" ("group", "dimension")
WHERE "closed_at" IS NULL AND "group" IS NOT NULL GROUP BY 1, 2, 3, 4, 5;

INSERT INTO "renewal" SELECT "group", "day", "tier", "accounts", "arr" FROM "grouped" WHERE "day" IS NOT NULL;

INSERT INTO "band" SELECT "group", "tier", sum("accounts"), sum("arr"), "dimension", "value" FROM "grouped"
GROUP BY "group", "tier", "dimension", "value";

-- For 90 days; small groups do not change each day.
INSERT INTO "band_day" SELECT "group", "tier", "day",
  ceil("accounts" * (1 + (:today - "day") * 0.001)), "arr" * (1 - (:today - "day") * 0.001)
FROM "band", generate_series(:today - 90, :today - 1) "day"
WHERE "dimension" <> 'parent' OR "day" = :today - 90 OR random() < 0.05;

INSERT INTO "move" SELECT "group", "day", "from_tier", "to_tier",
  ceil("accounts" * 0.002 * random())
FROM (SELECT "group", sum("accounts") AS "accounts" FROM "band" GROUP BY 1) "group",
  generate_series(:today - 89, :today) "day",
  (VALUES ('green', 'yellow'), ('yellow', 'green'), ('yellow', 'red'), ('red', 'yellow'), ('green', 'red'), ('red', 'green'))
    "pair" ("from_tier", "to_tier")
WHERE random() < 0.002 * "accounts";

-- The reviews of yesterday are done.
INSERT INTO "review" VALUES (1, :today - 1, 0, -2147483648, '');

VACUUM ANALYZE;
