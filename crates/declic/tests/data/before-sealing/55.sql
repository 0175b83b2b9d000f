SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA @d55@;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE @d55@.account (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    demo boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone
);
CREATE TABLE @d55@.account_role (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    territory text,
    since date NOT NULL,
    until date
);
CREATE TABLE @d55@.api_token (
    id uuid NOT NULL,
    hash bytea NOT NULL,
    name text NOT NULL,
    scope text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);
CREATE TABLE @d55@.contact (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    allowed boolean NOT NULL,
    shared boolean NOT NULL,
    import_id uuid,
    account_id uuid,
    stamp text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);
CREATE TABLE @d55@.content (
    household_id uuid NOT NULL,
    hash bytea NOT NULL,
    payload text NOT NULL
);
CREATE TABLE @d55@.counter (
    state text NOT NULL,
    territory text NOT NULL,
    due_on date NOT NULL,
    people bigint NOT NULL
);
CREATE TABLE @d55@.counter_place (
    state text NOT NULL,
    territory text NOT NULL,
    commune text NOT NULL,
    people bigint NOT NULL
);
CREATE TABLE @d55@.household (
    id uuid NOT NULL,
    organism text NOT NULL,
    organism_number text NOT NULL,
    matricule text NOT NULL,
    claim_number text NOT NULL,
    stamp text,
    content_hash bytea,
    right_state text,
    absent_stamp text,
    in_beneficiaires boolean NOT NULL
);
CREATE TABLE @d55@.import (
    id uuid NOT NULL,
    number bigint NOT NULL,
    sha256 text NOT NULL,
    file_name text NOT NULL,
    status text NOT NULL,
    kind text,
    stamp text,
    header_key text,
    organisms text,
    profile text,
    report text,
    error text,
    spool text,
    account_id uuid,
    received_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    finished_at timestamp with time zone
);
CREATE TABLE @d55@.import_change (
    import_id uuid NOT NULL,
    kind text NOT NULL,
    person_id uuid NOT NULL
);
CREATE TABLE @d55@.import_reject (
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    "position" bigint NOT NULL,
    line bigint NOT NULL,
    dossier text NOT NULL,
    organism text,
    organism_number text,
    matricule text,
    reason text NOT NULL,
    raw bytea NOT NULL
);
CREATE TABLE @d55@.journal (
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    role text NOT NULL,
    act text NOT NULL,
    person_id uuid,
    object text,
    reason text,
    detail text NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE @d55@.journal_head (
    id bigint NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE @d55@.membership (
    household_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    named boolean NOT NULL,
    stamp text NOT NULL
);
CREATE TABLE @d55@.one_time_link (
    id bytea NOT NULL,
    account_id uuid NOT NULL,
    purpose text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE @d55@.parameter (
    key text NOT NULL,
    since date NOT NULL,
    value text NOT NULL,
    source text NOT NULL
);
CREATE TABLE @d55@.payment (
    household_id uuid NOT NULL,
    import_id uuid NOT NULL,
    rank bigint NOT NULL,
    month date NOT NULL,
    class text NOT NULL,
    nature text NOT NULL,
    operation text NOT NULL,
    amount_cents bigint NOT NULL
);
CREATE TABLE @d55@.person (
    id uuid NOT NULL,
    merged_into uuid,
    last_name text NOT NULL,
    birth_name text NOT NULL,
    first_name text NOT NULL,
    sort_name text NOT NULL,
    birth_date date,
    sex text,
    birth_place text,
    nir_sealed bytea,
    nir_index bytea,
    nir_valid boolean NOT NULL,
    france_travail_id text,
    identity_stamp text,
    household_id uuid,
    household_role text,
    right_state text,
    subject boolean NOT NULL,
    state text NOT NULL,
    asked_for_help boolean NOT NULL,
    claim_reception date,
    reception date,
    legal_on date,
    due_on date,
    due_kind text,
    closed_on date,
    since date,
    commune text,
    territory text,
    family text,
    dependants bigint NOT NULL,
    origin_import uuid,
    match_open boolean NOT NULL,
    has_referent boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE @d55@.referent (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    account_id uuid NOT NULL,
    side text NOT NULL,
    since date NOT NULL,
    until date
);
CREATE TABLE @d55@.review (
    id uuid NOT NULL,
    person_a uuid NOT NULL,
    person_b uuid NOT NULL,
    doubt text NOT NULL,
    import_id uuid,
    status text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_reason text,
    undo text
);
CREATE TABLE @d55@.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);
CREATE TABLE @d55@.search_term (
    term text NOT NULL,
    person_id uuid NOT NULL
);
CREATE TABLE @d55@.session (
    id bytea NOT NULL,
    account_id uuid NOT NULL,
    csrf text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    reason text,
    reason_until timestamp with time zone
);
CREATE TABLE @d55@.sheet_profile (
    name text NOT NULL,
    profile text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE @d55@.sighting (
    household_id uuid NOT NULL,
    import_id uuid NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE @d55@.territory (
    code text NOT NULL,
    name text NOT NULL,
    proposed boolean NOT NULL
);
CREATE TABLE @d55@.territory_commune (
    commune text NOT NULL,
    territory text NOT NULL
);
INSERT INTO @d55@.contact VALUES
	('01a217f4-c659-7594-b938-f2087b631e8e', '01a217f4-c658-7401-896f-86aef7d90921', 'phone', '+33199000004', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f20934503ce3', '01a217f4-c658-7401-896f-86aef7d90921', 'email', 'chantal.foucher620000@courriel.example', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f20c2e444dad', '01a217f4-c659-7594-b938-f20bd6c20e88', 'phone', '+33639980007', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f20da3c49eb6', '01a217f4-c659-7594-b938-f20bd6c20e88', 'email', 'marie.auger620001@courriel.example', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f2108052ed6e', '01a217f4-c659-7594-b938-f20f49ff4a29', 'phone', '+33639980010', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f2113f01c808', '01a217f4-c659-7594-b938-f20f49ff4a29', 'email', 'danielle.germain620002@courriel.example', false, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f21409b28cd1', '01a217f4-c659-7594-b938-f21374fc337f', 'phone', '+33639980013', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f215f6e1b802', '01a217f4-c659-7594-b938-f21374fc337f', 'email', 'valerie.maurice620003@courriel.example', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f218114e3adb', '01a217f4-c659-7594-b938-f21738765672', 'phone', '+33199000016', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f2198380e69a', '01a217f4-c659-7594-b938-f21738765672', 'email', 'maurice.lemaire620004@courriel.example', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f21cf8f6b640', '01a217f4-c659-7594-b938-f21b7fdaf58e', 'phone', '+33639980019', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f21dade790ae', '01a217f4-c659-7594-b938-f21b7fdaf58e', 'email', 'lucy.hamon620005@courriel.example', true, false, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '2026-11-20|2026-11-20T01:18:36.000000', '2026-11-26 13:04:07.115943+00');
INSERT INTO @d55@.content VALUES
	('01a217f4-c30e-71c7-8255-37395f633817', '\x34dabcb3540e1c639ab6335edba5bb44ef9db5ae56549afca52d03d9cdfc6e1c', '{"key":{"organism":"CAF","organism_number":"551","matricule":"032210600000000","claim_number":"13000001055"},"claim_date":"2017-02-17","persons":[{"role":"DEM","title":"MME","last_name":"FRANCOIS","birth_name":"FRANCOIS","first_name":"ADELE","birth_date":"1981-07-17","birth_place":"VIGNOT","sex":"2","certified":true,"france_travail_id":"6516554N","subject":true,"activities":[{"code":"CNI","scheme":"GE","since":"2022-02-20"}]},{"role":"CJT","title":"MR","last_name":"PAYET","birth_name":"PAYET","first_name":"ETIENNE","birth_date":"1989-12-04","birth_place":"DUGNY-SUR-MEUSE","sex":"1","certified":true,"subject":true,"activities":[{"code":"SAC","scheme":"GE","since":"2025-11-11"}]},{"role":"ENF","last_name":"PAYET","birth_name":"PAYET","first_name":"JULIE","birth_date":"2023-04-24","birth_place":"CHOISY-LE-ROI","sex":"2","activities":[{"code":"NOB","scheme":"GE","since":"2023-04-24"}]}],"family":"MAR","family_since":"2016-01-14","addresses":[{"rank":1,"since":"2019-01-09","nature":"D","lines":["97 SQUARE HENRI MATISSE"],"postcode":"55000","town":"VAL-D''ORNAIN","commune":"55366"}],"right":{"state":"2","dependants":1,"origin":"DEM","origin_date":"2017-02-17","amount_cents":97171,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c310-700f-964e-8d81c8185998', '\x22cf4cc9a3e9cd658a1df91519a34c8435c77f08dd531408042f3dc9761c2a87', '{"key":{"organism":"CAF","organism_number":"551","matricule":"033002500000000","claim_number":"13000002055"},"claim_date":"2020-10-08","persons":[{"role":"DEM","title":"MME","last_name":"LAROCHE","birth_name":"LAROCHE","first_name":"FRANCOISE","birth_date":"1963-01-19","birth_place":"LONGEVILLE-EN-BARROIS","sex":"2","certified":true,"subject":true,"activities":[{"code":"SAC","scheme":"GE","since":"2021-04-15"}]}],"family":"DIV","family_since":"2019-09-04","addresses":[{"rank":1,"since":"2021-01-11","nature":"D","lines":["110 RUE MARIE CURIE"],"postcode":"55220","town":"LEMMES","commune":"55286"}],"right":{"state":"2","homeless":true,"dependants":0,"origin":"DEM","origin_date":"2020-10-08","amount_cents":56894,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c311-75c3-9510-9ca18a754e2d', '\xbdb8fc9898225c7f119bc94426edf857e2aa83f314df536147250b50dcf8092b', '{"key":{"organism":"CAF","organism_number":"551","matricule":"033794400000000","claim_number":"13000003055"},"claim_date":"2025-02-14","persons":[{"role":"DEM","title":"MME","last_name":"ROLLAND","birth_name":"ROLLAND","first_name":"AURORE","birth_date":"1993-12-04","birth_place":"PAGNY-SUR-MEUSE","sex":"2","certified":true,"subject":true,"activities":[{"code":"ANP","scheme":"GE","since":"2023-12-29"}]}],"family":"CEL","family_since":"2024-01-11","addresses":[{"rank":1,"since":"2026-07-26","nature":"D","lines":["84 AVENUE JEAN JAURES"],"postcode":"55100","town":"VERDUN","commune":"55545"}],"right":{"state":"2","dependants":0,"origin":"DEM","origin_date":"2025-02-14","amount_cents":56894,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c311-75c3-9510-9ca31e8fef8d', '\xbb51dcbb06ccabf215bf9add9f331baa8edd6173d02223f9d28c26c2a23241bb', '{"key":{"organism":"CAF","organism_number":"551","matricule":"034586300000000","claim_number":"13000004055"},"claim_date":"2021-05-29","persons":[{"role":"DEM","title":"MR","last_name":"MARTIN","birth_name":"MARTIN","first_name":"FRANCOIS","birth_date":"1964-10-01","birth_place":"VAL-D''ORNAIN","sex":"1","certified":true,"france_travail_id":"5354477U","subject":true,"activities":[{"code":"ANP","scheme":"GE","since":"2023-05-23"}]}],"family":"DIV","family_since":"2020-04-24","addresses":[{"rank":1,"since":"2020-06-08","nature":"D","lines":["82 RUE VICTOR HUGO"],"postcode":"55200","town":"COMMERCY","commune":"55122"}],"right":{"state":"2","dependants":0,"origin":"DEM","origin_date":"2021-05-29","amount_cents":56894,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c311-75c3-9510-9ca584a5e2b1', '\xf72d35a8a61f0e4bcea2c02fb6ec2ca059890271330890cec3680a83a2dddfcf', '{"key":{"organism":"CAF","organism_number":"551","matricule":"035378200000000","claim_number":"13000005055"},"claim_date":"2024-12-22","persons":[{"role":"DEM","title":"MME","last_name":"HOARAU","birth_name":"HOARAU","first_name":"ADELAIDE","birth_date":"1996-03-13","birth_place":"HAUDAINVILLE","sex":"2","certified":true,"france_travail_id":"1339842J","subject":true,"activities":[{"code":"CHO","scheme":"GE","since":"2024-01-05"}]},{"role":"CJT","title":"MR","last_name":"HOARAU","birth_name":"DUMONT","first_name":"DENIS","other_first_names":["NOEL"],"birth_date":"1976-01-17","birth_place":"VELAINES","sex":"1","certified":true,"subject":true,"activities":[{"code":"ANP","scheme":"GE","since":"2026-01-16"}]},{"role":"ENF","last_name":"HOARAU","birth_name":"HOARAU","first_name":"NOEMI","birth_date":"2021-05-25","birth_place":"AJACCIO","sex":"2","activities":[{"code":"SCO","scheme":"GE","since":"2021-05-25"}]}],"family":"VIM","family_since":"2023-11-18","addresses":[{"rank":1,"since":"2024-03-22","nature":"D","lines":["53 ROUTE DE LA FORET"],"postcode":"55130","town":"GONDRECOURT-LE-CHATEAU","commune":"55215"}],"right":{"state":"2","dependants":1,"origin":"DEM","origin_date":"2024-12-22","amount_cents":97171,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c311-75c3-9510-9ca8815d15c4', '\x8799d0cfd7c26b89741bb30267bd560b6b29a21111c1cdefcad8a77840cd3be7', '{"key":{"organism":"CAF","organism_number":"551","matricule":"036170100000000","claim_number":"13000006055"},"claim_date":"2016-11-08","persons":[{"role":"DEM","title":"MR","last_name":"MARIN","birth_name":"MARIN","first_name":"MARCEL","birth_date":"1999-04-12","birth_place":"SPINCOURT","sex":"1","certified":true,"subject":true,"activities":[{"code":"ANP","scheme":"GE","since":"2025-06-07"}]},{"role":"ENF","last_name":"MARIN","birth_name":"MARIN","first_name":"GREGOIRE","birth_date":"2019-09-29","birth_place":"MELUN","sex":"1","activities":[{"code":"SCO","scheme":"GE","since":"2019-09-29"}]}],"family":"ISO","family_since":"2015-10-05","addresses":[{"rank":1,"since":"2022-05-18","nature":"D","lines":["89 CHEMIN DES VIGNES"],"postcode":"55400","town":"ETAIN","commune":"55181"}],"right":{"state":"2","dependants":1,"origin":"DEM","origin_date":"2016-11-08","amount_cents":81462,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c311-75c3-9510-9caa8f70b3ea', '\x80db9105cd0e7127456a3200305a4df8a260e4e0ee2108eb9468cf3a0da57d6f', '{"key":{"organism":"CAF","organism_number":"551","matricule":"036962000000000","claim_number":"13000007055"},"claim_date":"2022-02-27","persons":[{"role":"DEM","title":"MME","last_name":"GONCALVES","birth_name":"GONCALVES","first_name":"JEANNE","birth_date":"1994-09-21","birth_place":"COMBLES-EN-BARROIS","sex":"2","certified":true,"france_travail_id":"8591626Y","subject":true,"activities":[{"code":"SAL","scheme":"GE","since":"2025-11-27"}]},{"role":"ENF","last_name":"GONCALVES","birth_name":"GONCALVES","first_name":"CECILE","birth_date":"2026-01-16","birth_place":"AULNOIS-EN-PERTHOIS","sex":"2","activities":[{"code":"NOB","scheme":"GE","since":"2026-01-16"}]},{"role":"ENF","last_name":"GONCALVES","birth_name":"GONCALVES","first_name":"ADELAIDE","birth_date":"2022-05-24","birth_place":"SIVRY-LA-PERCHE","sex":"2","activities":[{"code":"SCO","scheme":"GE","since":"2022-05-24"}]},{"role":"ENF","last_name":"GONCALVES","birth_name":"GONCALVES","first_name":"WILLIAM","birth_date":"2025-04-14","birth_place":"GAP","sex":"1","activities":[{"code":"NOB","scheme":"GE","since":"2025-04-14"}]}],"family":"SEF","family_since":"2021-01-23","addresses":[{"rank":1,"since":"2023-02-21","nature":"D","lines":["36 PLACE DE LA REPUBLIQUE"],"postcode":"55500","town":"DAGONVILLE","commune":"55141"}],"right":{"state":"2","dependants":3,"origin":"DEM","origin_date":"2022-02-27","amount_cents":112083,"natures":["RSI/RSIN1"]}}'),
	('01a217f4-c311-75c3-9510-9cac0ee9f7a2', '\xccbb4d87de0b3d17c34c77917ef957b55529ea73db730d2a78b0d73ff2a4b29d', '{"key":{"organism":"CAF","organism_number":"551","matricule":"037753900000000","claim_number":"13000008055"},"claim_date":"2026-05-03","persons":[{"role":"DEM","title":"MME","last_name":"VALLEE","birth_name":"VALLEE","first_name":"AMELIE","birth_date":"2003-01-22","birth_place":"ROBERT-ESPAGNE","sex":"2","certified":true,"subject":true,"activities":[{"code":"SAC","scheme":"GE","since":"2022-03-22"}]}],"family":"DIV","family_since":"2025-03-29","addresses":[{"rank":1,"since":"2021-06-06","nature":"D","lines":["23 IMPASSE DU LAVOIR"],"postcode":"55000","town":"BAR-LE-DUC","commune":"55029"}],"right":{"state":"2","dependants":0,"origin":"DEM","origin_date":"2026-05-03","amount_cents":56894,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c312-7114-81e5-b234b0d7ba41', '\x6b5f3f719685ace435efbd534a74f9271e846d7b51633ef07544a7807f12bb08', '{"key":{"organism":"CAF","organism_number":"551","matricule":"038545800000000","claim_number":"13000009055"},"claim_date":"2026-04-05","persons":[{"role":"DEM","title":"MME","last_name":"BAUDRY","birth_name":"BAUDRY","first_name":"ELEONORE","birth_date":"1996-12-03","birth_place":"BRILLON-EN-BARROIS","sex":"2","certified":true,"france_travail_id":"1906857H","activities":[{"code":"CNI","scheme":"GE","since":"2023-10-18"}]}],"family":"CEL","family_since":"2025-03-01","addresses":[{"rank":1,"since":"2019-10-23","nature":"D","lines":["104 SQUARE HENRI MATISSE"],"postcode":"55300","town":"SAMPIGNY","commune":"55467"}],"right":{"state":"5","reason":{"list":"MOTICLORSA","code":"ECH"},"since":"2026-08-15","dependants":0,"origin":"DEM","origin_date":"2026-04-05"}}'),
	('01a217f4-c314-740d-86ad-222cb225950f', '\x33a2ee76d8430ba95d5d4c498648bbef0b5739c988f1c079ec1bba5664d413bc', '{"key":{"organism":"CAF","organism_number":"551","matricule":"039337700000000","claim_number":"13000010055"},"claim_date":"2015-04-25","persons":[{"role":"DEM","title":"MME","last_name":"BONNIN","birth_name":"BONNIN","first_name":"DIANE","other_first_names":["THERESE"],"birth_date":"2001-10-23","birth_place":"LES HAUTS-DE-CHEE","sex":"2","certified":true,"france_travail_id":"3554206Y","subject":true,"activities":[{"code":"CHO","scheme":"GE","since":"2021-12-07"}]}],"family":"CEL","family_since":"2014-03-21","addresses":[{"rank":1,"since":"2026-04-14","nature":"D","lines":["71 RUE DES LILAS"],"postcode":"55500","town":"DAMMARIE-SUR-SAULX","commune":"55144"}],"right":{"state":"2","dependants":0,"origin":"DEM","origin_date":"2015-04-25","amount_cents":56894,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c314-740d-86ad-222efdc7b8f5', '\x27d00cd82bce09d332ce289073e2d96be8dec697971cf5e354ba3e43f33a41cc', '{"key":{"organism":"CAF","organism_number":"551","matricule":"040129600000000","claim_number":"13000011055"},"claim_date":"2021-01-13","persons":[{"role":"DEM","title":"MME","last_name":"DA COSTA","birth_name":"DA COSTA","first_name":"ELISABETH","birth_date":"1973-11-27","birth_place":"FRESNES-EN-WOEVRE","sex":"2","certified":true,"france_travail_id":"4284733F","subject":true,"activities":[{"code":"INP","scheme":"GE","since":"2025-08-05"}]}],"family":"DIV","family_since":"2019-12-10","addresses":[{"rank":1,"since":"2024-11-01","nature":"D","lines":["70 AVENUE JEAN JAURES"],"postcode":"55700","town":"BAALON","commune":"55025"}],"right":{"state":"2","dependants":0,"origin":"DEM","origin_date":"2021-01-13","amount_cents":56894,"natures":["RSD/RSDN2"]}}'),
	('01a217f4-c658-7401-896f-86adc20cf04e', '\xe11b6277e0d9c6d3ceab103c9b1947af4bbb1a7a6fef1bd483fc8b3f44dd5cc6', '{"key":{"organism":"CAF","organism_number":"551","matricule":"019891600000000","claim_number":"14620000055"},"claim_date":"2026-11-20","persons":[{"role":"DEM","title":"MME","last_name":"FOUCHER","birth_name":"FOUCHER","first_name":"CHANTAL","other_first_names":["MARGAUX"],"birth_date":"1973-11-26","birth_place":"RAMBUCOURT","sex":"2","activities":[{"code":"AEN","scheme":"GE","since":"2022-01-10"}],"socio_professional_state":"EF"}],"family":"ISO","family_since":"2025-10-16","addresses":[{"rank":1,"since":"2018-11-16","nature":"D","lines":["BAT B APPT 4","72 BOULEVARD GAMBETTA"],"postcode":"55000","town":"L''ISLE-EN-RIGAULT","commune":"55296"}],"contacts":{"phone":"0199000004","phone_allowed":true,"email":"chantal.foucher620000@courriel.example","email_allowed":true}}'),
	('01a217f4-c659-7594-b938-f20a8f04d95c', '\xb03a694db3f6ad28889d227308c4a80410bc388ddc9165ecc6df9c85de18a59b', '{"key":{"organism":"CAF","organism_number":"551","matricule":"020683500000000","claim_number":"14620001055"},"claim_date":"2026-11-20","persons":[{"role":"DEM","title":"MME","last_name":"AUGER","birth_name":"AUGER","first_name":"MARIE","birth_date":"1982-06-12","birth_place":"VACHERAUVILLE","sex":"2","activities":[{"code":"AEN","scheme":"GE","since":"2025-03-06"}],"socio_professional_state":"AF"}],"family":"CEL","family_since":"2025-10-16","addresses":[{"rank":1,"since":"2020-10-24","nature":"D","lines":["128 SQUARE HENRI MATISSE"],"postcode":"55400","town":"PARFONDRUPT","commune":"55400"}],"contacts":{"phone":"0639980007","phone_allowed":true,"email":"marie.auger620001@courriel.example","email_allowed":true}}'),
	('01a217f4-c659-7594-b938-f20ecd5b9d85', '\xf25f02b5e21bba44c99ec3bb893a719fea7b0c5decedc9d7aa5b97415e8df26b', '{"key":{"organism":"CAF","organism_number":"551","matricule":"021475400000000","claim_number":"14620002055"},"claim_date":"2026-11-20","persons":[{"role":"DEM","title":"MME","last_name":"GERMAIN","birth_name":"GERMAIN","first_name":"DANIELLE","birth_date":"1967-05-02","birth_place":"LANEUVILLE-AU-RUPT","sex":"2","activities":[{"code":"CNI","scheme":"GE","since":"2024-01-20"}],"socio_professional_state":"AF"}],"family":"DIV","family_since":"2025-10-16","addresses":[{"rank":1,"since":"2023-01-13","nature":"D","lines":["51 RUE DU PRESSOIR"],"postcode":"55600","town":"QUINCY-LANDZECOURT","commune":"55410"}],"contacts":{"phone":"0639980010","phone_allowed":true,"email":"danielle.germain620002@courriel.example"}}'),
	('01a217f4-c659-7594-b938-f21231c1700c', '\x669760932ea8e76120d645c0afe7534d6c57d04d014a2b5e7c07d0c98388f87e', '{"key":{"organism":"CAF","organism_number":"551","matricule":"022267300000000","claim_number":"14620003055"},"claim_date":"2026-11-20","persons":[{"role":"DEM","title":"MME","last_name":"MAURICE","birth_name":"MAURICE","first_name":"VALERIE","birth_date":"1967-03-12","birth_place":"DANNEVOUX","sex":"2","activities":[{"code":"SAC","scheme":"GE","since":"2022-02-15"}],"socio_professional_state":"EF"}],"family":"CEL","family_since":"2025-10-16","addresses":[{"rank":1,"since":"2018-12-10","nature":"D","lines":["76 CHEMIN DES VIGNES"],"postcode":"55700","town":"CESSE","commune":"55095"}],"contacts":{"phone":"0639980013","phone_allowed":true,"email":"valerie.maurice620003@courriel.example","email_allowed":true}}'),
	('01a217f4-c659-7594-b938-f2161fc14750', '\x04b0b4910dd318267d975a4cab9f9a4eb72d5b69d342c223f4fb741c7c5e65db', '{"key":{"organism":"CAF","organism_number":"551","matricule":"023059200000000","claim_number":"14620004055"},"claim_date":"2026-11-20","persons":[{"role":"DEM","title":"MR","last_name":"LEMAIRE","birth_name":"LEMAIRE","first_name":"MAURICE","birth_date":"1982-08-22","birth_place":"BREHEVILLE","sex":"1","activities":[{"code":"INP","scheme":"GE","since":"2023-06-21"}],"socio_professional_state":"EF"}],"family":"CEL","family_since":"2025-10-16","addresses":[{"rank":1,"since":"2018-11-02","nature":"D","lines":["48 RUE GEORGE SAND"],"postcode":"55250","town":"REMBERCOURT-SOMMAISNE","commune":"55423"}],"contacts":{"phone":"0199000016","phone_allowed":true,"email":"maurice.lemaire620004@courriel.example","email_allowed":true}}'),
	('01a217f4-c659-7594-b938-f21adcff214a', '\xa45bf0bfae137c32b402ee766ea4fceb5dc108ad1d409122d90e99aca8b77d06', '{"key":{"organism":"CAF","organism_number":"551","matricule":"023851100000000","claim_number":"14620005055"},"claim_date":"2026-11-20","persons":[{"role":"DEM","title":"MME","last_name":"HAMON","birth_name":"HAMON","first_name":"LUCY","birth_date":"1975-12-24","birth_place":"CHANTERAINE","sex":"2","activities":[{"code":"SAC","scheme":"GE","since":"2021-10-29"}],"socio_professional_state":"EF"}],"family":"DIV","family_since":"2025-10-16","addresses":[{"rank":1,"since":"2020-07-14","nature":"D","lines":["1 AVENUE DE LA LIBERATION"],"postcode":"55000","town":"COMBLES-EN-BARROIS","commune":"55120"}],"contacts":{"phone":"0639980019","phone_allowed":true,"email":"lucy.hamon620005@courriel.example","email_allowed":true}}');
INSERT INTO @d55@.counter VALUES
	('right_closed', 'commercy-saint-mihiel', '1970-01-01', 1),
	('to_orient', 'bar-le-duc', '2026-12-17', 6),
	('to_orient', 'bar-le-duc', '2026-12-31', 3),
	('to_orient', 'commercy-saint-mihiel', '2026-12-17', 2),
	('to_orient', 'nord-meusien', '2026-12-17', 2),
	('to_orient', 'nord-meusien', '2026-12-31', 3),
	('to_orient', 'verdun', '2026-12-17', 2);
INSERT INTO @d55@.counter_place VALUES
	('right_closed', 'commercy-saint-mihiel', '55467', 1),
	('to_orient', 'bar-le-duc', '55029', 1),
	('to_orient', 'bar-le-duc', '55120', 1),
	('to_orient', 'bar-le-duc', '55144', 1),
	('to_orient', 'bar-le-duc', '55215', 2),
	('to_orient', 'bar-le-duc', '55296', 1),
	('to_orient', 'bar-le-duc', '55366', 2),
	('to_orient', 'bar-le-duc', '55423', 1),
	('to_orient', 'commercy-saint-mihiel', '55122', 1),
	('to_orient', 'commercy-saint-mihiel', '55141', 1),
	('to_orient', 'nord-meusien', '55025', 1),
	('to_orient', 'nord-meusien', '55095', 1),
	('to_orient', 'nord-meusien', '55181', 1),
	('to_orient', 'nord-meusien', '55400', 1),
	('to_orient', 'nord-meusien', '55410', 1),
	('to_orient', 'verdun', '55286', 1),
	('to_orient', 'verdun', '55545', 1);
INSERT INTO @d55@.household VALUES
	('01a217f4-c30e-71c7-8255-37395f633817', 'CAF', '551', '032210600000000', '13000001055', '2026-10-31|2026-11-05T01:18:36.000000', '\x34dabcb3540e1c639ab6335edba5bb44ef9db5ae56549afca52d03d9cdfc6e1c', '2', NULL, true),
	('01a217f4-c310-700f-964e-8d81c8185998', 'CAF', '551', '033002500000000', '13000002055', '2026-10-31|2026-11-05T01:18:36.000000', '\x22cf4cc9a3e9cd658a1df91519a34c8435c77f08dd531408042f3dc9761c2a87', '2', NULL, true),
	('01a217f4-c311-75c3-9510-9ca18a754e2d', 'CAF', '551', '033794400000000', '13000003055', '2026-10-31|2026-11-05T01:18:36.000000', '\xbdb8fc9898225c7f119bc94426edf857e2aa83f314df536147250b50dcf8092b', '2', NULL, true),
	('01a217f4-c311-75c3-9510-9ca31e8fef8d', 'CAF', '551', '034586300000000', '13000004055', '2026-10-31|2026-11-05T01:18:36.000000', '\xbb51dcbb06ccabf215bf9add9f331baa8edd6173d02223f9d28c26c2a23241bb', '2', NULL, true),
	('01a217f4-c311-75c3-9510-9ca584a5e2b1', 'CAF', '551', '035378200000000', '13000005055', '2026-10-31|2026-11-05T01:18:36.000000', '\xf72d35a8a61f0e4bcea2c02fb6ec2ca059890271330890cec3680a83a2dddfcf', '2', NULL, true),
	('01a217f4-c311-75c3-9510-9ca8815d15c4', 'CAF', '551', '036170100000000', '13000006055', '2026-10-31|2026-11-05T01:18:36.000000', '\x8799d0cfd7c26b89741bb30267bd560b6b29a21111c1cdefcad8a77840cd3be7', '2', NULL, true),
	('01a217f4-c311-75c3-9510-9caa8f70b3ea', 'CAF', '551', '036962000000000', '13000007055', '2026-10-31|2026-11-05T01:18:36.000000', '\x80db9105cd0e7127456a3200305a4df8a260e4e0ee2108eb9468cf3a0da57d6f', '2', NULL, true),
	('01a217f4-c311-75c3-9510-9cac0ee9f7a2', 'CAF', '551', '037753900000000', '13000008055', '2026-10-31|2026-11-05T01:18:36.000000', '\xccbb4d87de0b3d17c34c77917ef957b55529ea73db730d2a78b0d73ff2a4b29d', '2', NULL, true),
	('01a217f4-c312-7114-81e5-b234b0d7ba41', 'CAF', '551', '038545800000000', '13000009055', '2026-10-31|2026-11-05T01:18:36.000000', '\x6b5f3f719685ace435efbd534a74f9271e846d7b51633ef07544a7807f12bb08', '5', NULL, true),
	('01a217f4-c314-740d-86ad-222cb225950f', 'CAF', '551', '039337700000000', '13000010055', '2026-10-31|2026-11-05T01:18:36.000000', '\x33a2ee76d8430ba95d5d4c498648bbef0b5739c988f1c079ec1bba5664d413bc', '2', NULL, true),
	('01a217f4-c314-740d-86ad-222efdc7b8f5', 'CAF', '551', '040129600000000', '13000011055', '2026-10-31|2026-11-05T01:18:36.000000', '\x27d00cd82bce09d332ce289073e2d96be8dec697971cf5e354ba3e43f33a41cc', '2', NULL, true),
	('01a217f4-c658-7401-896f-86adc20cf04e', 'CAF', '551', '019891600000000', '14620000055', '2026-11-20|2026-11-20T01:18:36.000000', '\xe11b6277e0d9c6d3ceab103c9b1947af4bbb1a7a6fef1bd483fc8b3f44dd5cc6', 'claim', NULL, false),
	('01a217f4-c659-7594-b938-f20a8f04d95c', 'CAF', '551', '020683500000000', '14620001055', '2026-11-20|2026-11-20T01:18:36.000000', '\xb03a694db3f6ad28889d227308c4a80410bc388ddc9165ecc6df9c85de18a59b', 'claim', NULL, false),
	('01a217f4-c659-7594-b938-f20ecd5b9d85', 'CAF', '551', '021475400000000', '14620002055', '2026-11-20|2026-11-20T01:18:36.000000', '\xf25f02b5e21bba44c99ec3bb893a719fea7b0c5decedc9d7aa5b97415e8df26b', 'claim', NULL, false),
	('01a217f4-c659-7594-b938-f21231c1700c', 'CAF', '551', '022267300000000', '14620003055', '2026-11-20|2026-11-20T01:18:36.000000', '\x669760932ea8e76120d645c0afe7534d6c57d04d014a2b5e7c07d0c98388f87e', 'claim', NULL, false),
	('01a217f4-c659-7594-b938-f2161fc14750', 'CAF', '551', '023059200000000', '14620004055', '2026-11-20|2026-11-20T01:18:36.000000', '\x04b0b4910dd318267d975a4cab9f9a4eb72d5b69d342c223f4fb741c7c5e65db', 'claim', NULL, false),
	('01a217f4-c659-7594-b938-f21adcff214a', 'CAF', '551', '023851100000000', '14620005055', '2026-11-20|2026-11-20T01:18:36.000000', '\xa45bf0bfae137c32b402ee766ea4fceb5dc108ad1d409122d90e99aca8b77d06', 'claim', NULL, false);
INSERT INTO @d55@.import VALUES
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 1, 'e3be1819516a22dfbbf44f24e866285ac2ea4d97c13bd728fb857028710d54e0', 'b.xml', 'done', 'beneficiaires-monthly', '2026-10-31|2026-11-05T01:18:36.000000', 'CRI beneficiaires-monthly 2026-10-31|2026-11-05T01:18:36.000000', '[["CAF","551"]]', NULL, '{"file":"b.xml","kind":"beneficiaires-monthly","reference_date":"2026-10-31","already_imported":false,"warnings":[],"dossiers":{"read":12,"accepted":11,"rejected":1,"declared":12},"persons":{"created":13,"updated":0,"unchanged":0,"review":0},"changes":{"entered":12,"left":0,"newly_subject":0,"suspended":0,"resumed":0,"closed":0,"moved_in":0,"moved_out":0,"address":0},"rejects":[{"position":1,"line":4,"dossier":"13000000055","reason":"Le NOM du demandeur manque."}],"duration_ms":1695}', NULL, NULL, NULL, '2026-11-26 13:04:05.326338+00', NULL, '2026-11-26 13:04:06.914502+00'),
	('01a217f4-c5bf-74df-b803-4a107a297d68', 2, '8e49914533e8d3c06d7197eb4da65b1a7bd2cfeba2f645662623d2accd3ba1c4', 'i.xml', 'done', 'instruction', '2026-11-20|2026-11-20T01:18:36.000000', 'NRA instruction 2026-11-20|2026-11-20T01:18:36.000000', '[["CAF","551"]]', NULL, '{"file":"i.xml","kind":"instruction","reference_date":"2026-11-20","already_imported":false,"warnings":[],"dossiers":{"read":6,"accepted":6,"rejected":0,"declared":6},"persons":{"created":6,"updated":0,"unchanged":0,"review":0},"changes":{"entered":0,"left":0,"newly_subject":0,"suspended":0,"resumed":0,"closed":0,"moved_in":0,"moved_out":0,"address":0},"rejects":[],"duration_ms":607}', NULL, NULL, NULL, '2026-11-26 13:04:07.10609+00', NULL, '2026-11-26 13:04:07.670144+00');
INSERT INTO @d55@.import_change VALUES
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c30e-71c7-8255-373a07c1c626'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c30f-707d-9855-b517fa8b6824'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c310-700f-964e-8d822ebf0c6d'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9ca276e22333'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9ca415ef16cc'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9ca64a7b2d2a'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9ca9bb2ee1e7'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9cab785ab3ba'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c311-75c3-9510-9cad25fce4df'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c314-740d-86ad-222d0b2fc7aa'),
	('01a217f4-be8a-75e7-93ca-8ca421a104fe', 'entered', '01a217f4-c314-740d-86ad-222f1b7f1e90');
INSERT INTO @d55@.import_reject VALUES
	('01a217f4-c28e-72b2-9452-270630cbac84', '01a217f4-be8a-75e7-93ca-8ca421a104fe', 1, 4, '13000000055', 'CAF', '551', '031418700000000', 'Le NOM du demandeur manque.', '\xe53164db58bb488f68eb975eb85911b5100e09420c4682877ae3e88fa9e0694a38f716b15235aafe1bc56cf05b039edc2b0db46e6f4bd08913c41790a5f3ee7b1eec70b756d9c9003816f1989905b5854321be3873719a33a3951839310adaeb68dbe2414de1f522855e6d88f81ffb3ef6b6c7d50f872edb3c8f90a70fc383a0b5b4d354611b76202aa0f3e95580625eb2b51c07429d5040aa914aebd06a7cb45e130b3dffd5d004d20da583e328bd0c0a2823444117da7ead09faeb3a921889ad675e7362a7f21231fc361d056f1fc959766457d58189df3c7a04e2425dfacaf4f757a7b42cbe5c003e2318cd4fa6e3bf4047a80dde827877771880196e7cea59a891a2b9fcf9c06ad21903ee83041b13a30f6c37b4bb08a7255524248d7364e6ef1d695e7a1f85e07da4295abc4e1406259d38e5242d770d915a47a6714aa8b0908598968df22b94d37b4c971a2bc747df8df9125fa18a3101b33715d90447fc9b88344e7d9583c5e66f8bb7bad8d6b7797a64a7e18638691b939a3397f0902a21196a1baaf54c18dea388f082aa79aa1a24c8bfa03e0db535894770786afbbc216248a7b51aef6b5a51e06b0cd1c68220ac99e40e60d1cf33f59d880a5d385fa86323ce2584a1dcb6313e994d52fd4321534ec6e78b1e64456be57f8fb13e929a3e152b41b05f328b53749e9bcae199f40cf1d011148f9461329fbab0d3511b4229f1ae4ff5765973ebdb22f9d8c64466975c099b054148d9e702878a28d339627f44fe3fc5b590c369d54f67a9cf45a6971ddfd3af0d626a216e99de918ee5185aacfde70eebdc0e52970033caa937bfa274e5af8b0048096ef4539d6d727341435119bee1463b4ffaa4597f41c590dd4e382300e8c2e05730e17fa226a568855d54ca76d12aa2d47d45a5b9c5f2b0a53a97a65fda67eef99672504c7a9feed6bccba1fbee54e6203c608671892fd7d8920c1d4392db42ec88b1c9c1500fc9b17668a8b03261ee890259ba77a89d3bb94b09b60836bc96c6acaadf6352afda17f4f149d027e1b37d17b7c8237f3914d079a6c0141c3a647974622e642fe61d238531ff3148caafe1b41763a6fda6ee5e3fd1874afcc69ed731a415ea1f2512f71b91ab549d287365091fa73fed251dee94d96dd54774f1653a873ad1e48f99127f8685527e8588d1e0fb2f16f179887d196cd4a4d99cb6d6dd1c2790b89282bcf9b08f04bd06ef31e020e7df2022be8b086f93498baffda28f6951369c7be2646bb07188879cd5d34163181f8abc21d8586bb114eeef8a46ae219956ae50b11af5094e37d9de04d05df772677a8b76f138f477b8340a0db0539a0de2145c32e0da0aed4cd5d1ff2c1aa7bcbe303b0a102fee7a2274e494e8a38e4ed6b2108bb4e4141572831c21d3581f287b3aba3d88b93d8d6b2dd48230504d72a31c312f51941b3d54bfebc4caf41ba4841d4204e1f881996c0afe4e788eff36fb87e60422fe6cf022eaf2c337b24b07bf9120c4a8728f360a4e2facf8446d87cec4d3df945b803366c2aa568776b62cb4e6ce07dd9ff10ffe5829e1c0b196f65867544e2179e7815bc098f4535b15bfd5d64ef686af99bb76e8cffc724939d63b28f59c20e21cf9d57879cea822ba6df5480e79fec6891d2afe0a2416367b3377a2a3af76bb8f0f9970b49409ac6a537ba892b347a277fd5c9787e412a12480f5ea1c5147f89fed5961c180a9d490f5cea4b05ee20ce36545e18571a2a44789f172777adcc1c0343431c7b20bdb717899612aeabf96e39dce4d058a3f004dc455db05c91542bd1532cfe0f44984b262b9f8a2bf1873bf38e1c9925ee0c8662fc6e4cd7ee3a1b564dfc494d4d4661d3984f88806bf2db04c69b4ac8a4a9c29daf75d5ee63fef5c36255ef263e42cb142134e401b2c692f5abd98fe88783da76054e3302af4b20935650bd8eb10f1cb753ae16759ec556e24113a9d8a0406563a3f0333e8088096d68d4807a9891a9d80663cb20fc1f863f54ebfe64557240f8ea22b1438487e13802aac04da68be0c2f6a405a3331b650d4591543865a9f2dc62d79a06f9eb4461d4e6fb3838b382704f210705a6694cbf0ed40b7748daff2a3d5463e64216acd507e3ab5ae4dcb361f4ca33ce60a2ff747120b2a7893c0f7d7cc37aea6d49a1fbad41042eb8b2372e4ae83d0ec881d76a0f2749adc2a7f2908aa1bab4da765dd36d9c1ea774aa8eb295d15c510b15858cca388bce51070e1dd349e0248b85de61fca08ea9565cafe0eba93b011bc42e3f489fd7fd35b61fd70f5a2b2ab23a6224707adba7a3a44ac53590a707aa7c240034956fe0d7c5c9f139eaa26aa434106dee6ed80aa6689827c0f1617cfa46341f013ef65ed00ec460864b14483a305f0e808e2fc6f978ae98907865a33aecb990fe89ab74858ae778d7b21a75ad0f59889f28147bd781d31c47037ca05ddc266e75e66186713fc233ad82500f6c11e0b9c4eb915f8daee36dedde48c5d57cb168284d52afd38854fb15367009af1a555c3a556939186f15fd2640df66ae2837daebab7ff2e4ddb3decc0a4e41b12df1ef025b1a9fa455a1481b50e99accb79c6b20f1ebb7960a07af630ed7c206ad9aa0ae888465919fd4c18a6e8eec44a3963b5164461d7beae08a13dd00f6c4c9158a78211a279444d1b502e104f9b8aa125650e444a69681fca4b6121476c662d63d6e981502bc693bbfdbb6a0e506a6956bd3ce187df2686bddf1baf5c5e27a40907a78807eb679deaf4881b6de98260511a200eec9397ac1433c13c41254c80d135e6bc11778e7b92d877ef2e75872766fb08d574f00989219cf058120fed703730fd462aa430c2f763043371f15b9f682b52ecd120142c2ef89cd07992f261384574f2fcda635a62f94f6ca174938f6c9a3d8fa464d64a6a738bfd1358861b44bf461a405c80559cd61d5543b0f7458d2d7c588204cdf54f1bf8356a2417358742e20bdb36a28482b9f663de079780dc99de4bf2a4123d0fa03bcf722ebdc08bb77917a14144bc7c9a04051b7c6448c5f563df5b1867a264f65901dc2d4c383ccc2cf223585b1f1d3c7467f82c69eaca0cbe377c3e936c63d20dcea8e2cc8026ded0aa0990dd7528211719a1bad2462b8d8b965440e67ac1f488ae8f72de0c641f8af17004fb7c874f7d0d267809cb0906b0d0995ac193d3bc5eb68053319f1021667c43ae5fe9834453e1f32ee7fce0b0df5e6e1c909c384aeeb0afd768050af2123dd88a66291de522d3e26584e7283a35a3925b6feb0814edf5869f43e2443002d1d9ac46f26fd6f20b5aed7fe0bbcf179130ec7a337a715322b4bd5455b97877c491d35d675de100d79b810998b53693c3143fd1584030f6822e5b7fbb5572103e5f38604e4e12db6f68e3978209a072425b7d7ecb4b65af761f4cf59957559a6f9b4ba905937178b27f5aee0d9aa76cd664e1584e98a89b68f1cd8fcb314d6ffd693d65bf369de08d10fedc79f847e0a8174165a3eff66d7a');
INSERT INTO @d55@.journal VALUES
	(1, '2026-11-26 13:04:06.920875+00', 'system', NULL, 'ligne de commande', 'system', 'import', NULL, '01a217f4-be8a-75e7-93ca-8ca421a104fe', NULL, '{"dossiers":{"accepted":11,"declared":12,"read":12,"rejected":1},"kind":"beneficiaires-monthly","persons":{"created":13,"review":0,"unchanged":0,"updated":0}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xdf954edec4c79814a4c9e2570df9633eb7d889c93bc511c77adcbeee79588eec'),
	(2, '2026-11-26 13:04:07.670537+00', 'system', NULL, 'ligne de commande', 'system', 'import', NULL, '01a217f4-c5bf-74df-b803-4a107a297d68', NULL, '{"dossiers":{"accepted":6,"declared":6,"read":6,"rejected":0},"kind":"instruction","persons":{"created":6,"review":0,"unchanged":0,"updated":0}}', '\xdf954edec4c79814a4c9e2570df9633eb7d889c93bc511c77adcbeee79588eec', '\x936e1aab4ac7d73b0c9fc98894a360eb85ad813c1aed83ec7c8dd6908a5f1111');
INSERT INTO @d55@.journal_head VALUES
	(1, 2, '\x936e1aab4ac7d73b0c9fc98894a360eb85ad813c1aed83ec7c8dd6908a5f1111');
INSERT INTO @d55@.membership VALUES
	('01a217f4-c30e-71c7-8255-37395f633817', '01a217f4-c30e-71c7-8255-373a07c1c626', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c30e-71c7-8255-37395f633817', '01a217f4-c30f-707d-9855-b517fa8b6824', 'CJT', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c310-700f-964e-8d81c8185998', '01a217f4-c310-700f-964e-8d822ebf0c6d', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9ca18a754e2d', '01a217f4-c311-75c3-9510-9ca276e22333', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9ca31e8fef8d', '01a217f4-c311-75c3-9510-9ca415ef16cc', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9ca584a5e2b1', '01a217f4-c311-75c3-9510-9ca64a7b2d2a', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9ca584a5e2b1', '01a217f4-c311-75c3-9510-9ca72a75a7f7', 'CJT', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9ca8815d15c4', '01a217f4-c311-75c3-9510-9ca9bb2ee1e7', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9caa8f70b3ea', '01a217f4-c311-75c3-9510-9cab785ab3ba', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c311-75c3-9510-9cac0ee9f7a2', '01a217f4-c311-75c3-9510-9cad25fce4df', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c312-7114-81e5-b234b0d7ba41', '01a217f4-c313-7402-991a-2412ad1b393b', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c314-740d-86ad-222cb225950f', '01a217f4-c314-740d-86ad-222d0b2fc7aa', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c314-740d-86ad-222efdc7b8f5', '01a217f4-c314-740d-86ad-222f1b7f1e90', 'DEM', true, '2026-10-31|2026-11-05T01:18:36.000000'),
	('01a217f4-c658-7401-896f-86adc20cf04e', '01a217f4-c658-7401-896f-86aef7d90921', 'DEM', true, '2026-11-20|2026-11-20T01:18:36.000000'),
	('01a217f4-c659-7594-b938-f20a8f04d95c', '01a217f4-c659-7594-b938-f20bd6c20e88', 'DEM', true, '2026-11-20|2026-11-20T01:18:36.000000'),
	('01a217f4-c659-7594-b938-f20ecd5b9d85', '01a217f4-c659-7594-b938-f20f49ff4a29', 'DEM', true, '2026-11-20|2026-11-20T01:18:36.000000'),
	('01a217f4-c659-7594-b938-f21231c1700c', '01a217f4-c659-7594-b938-f21374fc337f', 'DEM', true, '2026-11-20|2026-11-20T01:18:36.000000'),
	('01a217f4-c659-7594-b938-f2161fc14750', '01a217f4-c659-7594-b938-f21738765672', 'DEM', true, '2026-11-20|2026-11-20T01:18:36.000000'),
	('01a217f4-c659-7594-b938-f21adcff214a', '01a217f4-c659-7594-b938-f21b7fdaf58e', 'DEM', true, '2026-11-20|2026-11-20T01:18:36.000000');
INSERT INTO @d55@.parameter VALUES
	('orientation.opens_at', '1988-12-01', 'claim_filed', 'catalogue plateforme-orientation');
INSERT INTO @d55@.person VALUES
	('01a217f4-c311-75c3-9510-9ca9bb2ee1e7', NULL, 'Marin', 'Marin', 'Marcel', 'marin marcel', '1999-04-12', '1', 'Spincourt', '\x72ab5d99165c074b560653ac00d06a89ece67ea312a401f28e7b817a04d0fe5a7d42253e45b6025d4369f08ae9058db8614f6809ba', '\xf75c309ad2257d7c535084006d8b6745ed897a9294f436b633e1eee3eb2cdde4', true, NULL, '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9ca8815d15c4', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2016-11-08', '55181', 'nord-meusien', 'ISO', 1, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c314-740d-86ad-222d0b2fc7aa', NULL, 'Bonnin', 'Bonnin', 'Diane', 'bonnin diane', '2001-10-23', '2', 'Les Hauts-De-Chee', '\x8cfaf218a6be9079522fe5a08d949a24df046b652cd42df9f74cf74794b31fecde3196be80a4a9936d1371521795544d3a974718a7', '\xdb86780bd5ff2a7b373d2f49b54a91c0f9fab210dc2fd88a344c04d632faa351', true, '3554206Y', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c314-740d-86ad-222cb225950f', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2015-04-25', '55144', 'bar-le-duc', 'CEL', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c311-75c3-9510-9ca72a75a7f7', NULL, 'Hoarau', 'Dumont', 'Denis', 'hoarau denis', '1976-01-17', '1', 'Velaines', '\xc473f3c6c1866e6a90f0519a72181f9db8b117cdf7649c130331e0a3880b5c7df7de98c9b4516f9c1aac95bb501a58f66437568892', '\x6510b9208beed7e018bf4b4fef9f9beb460946d4f9a90935207f16c41e88b1cf', true, NULL, '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9ca584a5e2b1', 'CJT', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2024-12-22', '55215', 'bar-le-duc', 'VIM', 1, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c311-75c3-9510-9ca276e22333', NULL, 'Rolland', 'Rolland', 'Aurore', 'rolland aurore', '1993-12-04', '2', 'Pagny-Sur-Meuse', '\xda7dcf0d9f04861072fd018b6dfa59b69b5c37436dc2f88bf26b144a34aab35ad4f9acf21ac594bb04f9400f59b4cdb4ff5d59f186', '\xfbc3703ceaef12e01fd1c811fca20feaf1317131e2caf924353cbee27ba8544f', true, NULL, '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9ca18a754e2d', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2025-02-14', '55545', 'verdun', 'CEL', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c311-75c3-9510-9ca415ef16cc', NULL, 'Martin', 'Martin', 'Francois', 'martin francois', '1964-10-01', '1', 'Val-D''Ornain', '\xee242ab2d066e69535cef4652ed62335d254d8c0ef0c96a53cbc33ee39f89da944502bb60e8df85583ce1c4b1512799cb5978b426f', '\x3b3a774886785c0152fb33ddec05338e3ed4662cf6135e99ff9ccfec7f4792ca', true, '5354477U', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9ca31e8fef8d', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2021-05-29', '55122', 'commercy-saint-mihiel', 'DIV', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c311-75c3-9510-9ca64a7b2d2a', NULL, 'Hoarau', 'Hoarau', 'Adelaide', 'hoarau adelaide', '1996-03-13', '2', 'Haudainville', '\x9b7ccf0c0ce332baf06d93ed3731810cf5469d042ca9e6920b68fe4fae5a433b1f62cf1a830e3fe52ed453f6485368383d47016afd', '\x90d508e4b2ddc1433dfaa2522d80ea22efc2c307160b3f614ed20f73b6a2a0ea', true, '1339842J', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9ca584a5e2b1', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2024-12-22', '55215', 'bar-le-duc', 'VIM', 1, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c30f-707d-9855-b517fa8b6824', NULL, 'Payet', 'Payet', 'Etienne', 'payet etienne', '1989-12-04', '1', 'Dugny-Sur-Meuse', '\x6f43c7fe13bfcad681f664835a12715fd273ae2bb431e04e27420c4c36ba4578bcf4e1ad224da2e7a889009905af13826ad82f4af8', '\x500a6d357f46da7301d95990041449cbda349c4fa4929ecdc82362ce34130b9a', true, NULL, '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c30e-71c7-8255-37395f633817', 'CJT', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2017-02-17', '55366', 'bar-le-duc', 'MAR', 1, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c311-75c3-9510-9cad25fce4df', NULL, 'Vallee', 'Vallee', 'Amelie', 'vallee amelie', '2003-01-22', '2', 'Robert-Espagne', '\xae28f5d21c074f86efba5ca8e26c761c2bc1f09c66a8f15a34a49d04ed66f434947185de3c14b7c492dddd0795e10f1a209595ba12', '\x4ffffbaf32b5b8582b22f0e2c6bd25affd7c0f983faab6f825dbfdd8f079b020', true, NULL, '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9cac0ee9f7a2', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2026-05-03', '55029', 'bar-le-duc', 'DIV', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c314-740d-86ad-222f1b7f1e90', NULL, 'Da Costa', 'Da Costa', 'Elisabeth', 'da costa elisabeth', '1973-11-27', '2', 'Fresnes-En-Woevre', '\xfa4b981aa38089664842650077f323f5bba831ea62f9085c0fc0e4e92e037f13eb951536904275844eb5b525d748f3b84a05f401d2', '\xc555102aa342e305e8f024502b3d84c163d59306bdf8854c8fdd6e80f59137b6', true, '4284733F', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c314-740d-86ad-222efdc7b8f5', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2021-01-13', '55025', 'nord-meusien', 'DIV', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c310-700f-964e-8d822ebf0c6d', NULL, 'Laroche', 'Laroche', 'Francoise', 'laroche francoise', '1963-01-19', '2', 'Longeville-En-Barrois', '\xf257ad8845f5249152cc88ee67beed6f0edc45c96c8e1e749a5d493957753743e3ea73a01fdccb21f46ee6ecd8826652e6865e7bc5', '\x4e6277a799da1224b4ef2f406fdbbbb07bbc61473e6f61d571f788d68be2d359', true, NULL, '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c310-700f-964e-8d81c8185998', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2020-10-08', '55286', 'verdun', 'DIV', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c30e-71c7-8255-373a07c1c626', NULL, 'Francois', 'Francois', 'Adele', 'francois adele', '1981-07-17', '2', 'Vignot', '\x093272da34a3a5a5b8eecf3afdddfce738ce7d90c3b6ff89353d81607868738e9be9c3ad2905787a1b60f584773bcabd593b6a7ccd', '\xedb629edfa0adf643fa56a15731aeadb70a30addfc2416e24a9ab869c1a5dc28', true, '6516554N', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c30e-71c7-8255-37395f633817', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2017-02-17', '55366', 'bar-le-duc', 'MAR', 1, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c311-75c3-9510-9cab785ab3ba', NULL, 'Goncalves', 'Goncalves', 'Jeanne', 'goncalves jeanne', '1994-09-21', '2', 'Combles-En-Barrois', '\x1f047d5a62b5936baaf0f499bfa03f41f84e6d145f9f801ad7d3fda753884f69e56ae407b35e92949e205a3358c78e01eeec24f6ba', '\x4e8bae19d141a27e7c1552a1f9d035cef1f48f81956489157ff09d3fa992287e', true, '8591626Y', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c311-75c3-9510-9caa8f70b3ea', 'DEM', '2', true, 'to_orient', false, NULL, '2026-11-05', '2026-12-17', '2026-12-17', 'orient', NULL, '2022-02-27', '55141', 'commercy-saint-mihiel', 'SEF', 3, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c313-7402-991a-2412ad1b393b', NULL, 'Baudry', 'Baudry', 'Eleonore', 'baudry eleonore', '1996-12-03', '2', 'Brillon-En-Barrois', '\x1721983401e405f0696e0906fb24ac6b1ac626f1ffff4f4c39b82d3d9995ffdb388ecada3bae50ba49414eb7b8dc4be4400e3bc350', '\xadeac164b6ce57c6e92d271c96094cfd9f1df4063839cce25cec127972c7b48f', true, '1906857H', '2026-10-31|2026-11-05T01:18:36.000000', '01a217f4-c312-7114-81e5-b234b0d7ba41', 'DEM', '5', false, 'right_closed', false, NULL, NULL, NULL, NULL, NULL, '2026-08-15', '2026-04-05', '55467', 'commercy-saint-mihiel', 'CEL', 0, '01a217f4-be8a-75e7-93ca-8ca421a104fe', false, false, '2026-11-26 13:04:05.46269+00'),
	('01a217f4-c659-7594-b938-f21738765672', NULL, 'Lemaire', 'Lemaire', 'Maurice', 'lemaire maurice', '1982-08-22', '1', 'Breheville', '\x1a668b009ce3996014480999d9c5553b398c46c8035c6dc1da828c773acfe6c91f02d81c4723b794abb07c932adede77d744f23d85', '\xc49e5aad73bee79597de9969f3746099a6bd0b00782da61753f21901d692619c', true, NULL, '2026-11-20|2026-11-20T01:18:36.000000', '01a217f4-c659-7594-b938-f2161fc14750', 'DEM', 'claim', false, 'to_orient', false, '2026-11-20', NULL, '2027-01-01', '2026-12-31', 'orient', NULL, '2026-11-20', '55423', 'bar-le-duc', 'CEL', 0, '01a217f4-c5bf-74df-b803-4a107a297d68', false, false, '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f21b7fdaf58e', NULL, 'Hamon', 'Hamon', 'Lucy', 'hamon lucy', '1975-12-24', '2', 'Chanteraine', '\x2facfe86c59f4007c60a17af848a9b2da9cf6af0a82d058134749c7f32fa856f7976adf0b786bfda9e217df00c43ddbcccd363d844', '\x986babb23f7789ab45702ec56f355bb2c1a60f3b05ccf7d2a93520e0528cd3dc', true, NULL, '2026-11-20|2026-11-20T01:18:36.000000', '01a217f4-c659-7594-b938-f21adcff214a', 'DEM', 'claim', false, 'to_orient', false, '2026-11-20', NULL, '2027-01-01', '2026-12-31', 'orient', NULL, '2026-11-20', '55120', 'bar-le-duc', 'DIV', 0, '01a217f4-c5bf-74df-b803-4a107a297d68', false, false, '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f20bd6c20e88', NULL, 'Auger', 'Auger', 'Marie', 'auger marie', '1982-06-12', '2', 'Vacherauville', '\xf9d65cb5c97bed5a1fe0a6054491fe25fe2b4b2d0538429bf85de4c5192b4b5e996b289437c82084b5c0be6db3cd646031d10271f7', '\xcd9b4a9279ad4265c1dfecce64bfa1ab848a7fe844fb53faf5cd09037be56918', true, NULL, '2026-11-20|2026-11-20T01:18:36.000000', '01a217f4-c659-7594-b938-f20a8f04d95c', 'DEM', 'claim', false, 'to_orient', false, '2026-11-20', NULL, '2027-01-01', '2026-12-31', 'orient', NULL, '2026-11-20', '55400', 'nord-meusien', 'CEL', 0, '01a217f4-c5bf-74df-b803-4a107a297d68', false, false, '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c658-7401-896f-86aef7d90921', NULL, 'Foucher', 'Foucher', 'Chantal', 'foucher chantal', '1973-11-26', '2', 'Rambucourt', '\x8f0dd4fdb9e452a1cd23675ca9ef21f9fb951e83e4d7ec15026c9304bd26a75f2e066ad05a7c7b146c0e9f670d0bc858259e1a0c6e', '\x3e996007dc39f2033e9c948080bacf543b5e4f1a58a80914998182156413c908', true, NULL, '2026-11-20|2026-11-20T01:18:36.000000', '01a217f4-c658-7401-896f-86adc20cf04e', 'DEM', 'claim', false, 'to_orient', false, '2026-11-20', NULL, '2027-01-01', '2026-12-31', 'orient', NULL, '2026-11-20', '55296', 'bar-le-duc', 'ISO', 0, '01a217f4-c5bf-74df-b803-4a107a297d68', false, false, '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f20f49ff4a29', NULL, 'Germain', 'Germain', 'Danielle', 'germain danielle', '1967-05-02', '2', 'Laneuville-Au-Rupt', '\x87799bb6b2218eac33afc1fa2d7a157633d490d7390b4df4d9a24935416557ad562e44ee8a2fe33275c848cf3953b755a537581358', '\x57d736593367bb424dfe04f98740194fe3c4d80f0347f25805b1a3d5d3e445cb', true, NULL, '2026-11-20|2026-11-20T01:18:36.000000', '01a217f4-c659-7594-b938-f20ecd5b9d85', 'DEM', 'claim', false, 'to_orient', false, '2026-11-20', NULL, '2027-01-01', '2026-12-31', 'orient', NULL, '2026-11-20', '55410', 'nord-meusien', 'DIV', 0, '01a217f4-c5bf-74df-b803-4a107a297d68', false, false, '2026-11-26 13:04:07.115943+00'),
	('01a217f4-c659-7594-b938-f21374fc337f', NULL, 'Maurice', 'Maurice', 'Valerie', 'maurice valerie', '1967-03-12', '2', 'Dannevoux', '\x59d50ccc566f874e0403bc37412534556f041c1582b738a1a2566545d8fbf68141c0de434e0d0f3a55d288bf0897415dba43d00f6b', '\xbe745454f28d8d1471deecec830c3a88c2d7e42e140e6dd134fe0dabe03b029d', true, NULL, '2026-11-20|2026-11-20T01:18:36.000000', '01a217f4-c659-7594-b938-f21231c1700c', 'DEM', 'claim', false, 'to_orient', false, '2026-11-20', NULL, '2027-01-01', '2026-12-31', 'orient', NULL, '2026-11-20', '55095', 'nord-meusien', 'CEL', 0, '01a217f4-c5bf-74df-b803-4a107a297d68', false, false, '2026-11-26 13:04:07.115943+00');
INSERT INTO @d55@.seaql_migrations VALUES
	('m0001_access', 1795698242),
	('m0002_audit', 1795698243),
	('m0003_settings', 1795698243),
	('m0004_intake', 1795698243),
	('m0005_people', 1795698244),
	('m0006_review', 1795698244),
	('m0007_review_undo', 1795698244);
INSERT INTO @d55@.search_term VALUES
	('n:marcel', '01a217f4-c311-75c3-9510-9ca9bb2ee1e7'),
	('n:marin', '01a217f4-c311-75c3-9510-9ca9bb2ee1e7'),
	('s:marin', '01a217f4-c311-75c3-9510-9ca9bb2ee1e7'),
	('s:marsel', '01a217f4-c311-75c3-9510-9ca9bb2ee1e7'),
	('n:bonnin', '01a217f4-c314-740d-86ad-222d0b2fc7aa'),
	('n:diane', '01a217f4-c314-740d-86ad-222d0b2fc7aa'),
	('s:bonin', '01a217f4-c314-740d-86ad-222d0b2fc7aa'),
	('s:dian', '01a217f4-c314-740d-86ad-222d0b2fc7aa'),
	('n:denis', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('n:dumont', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('n:hoarau', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('s:deni', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('s:dumon', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('s:oaro', '01a217f4-c311-75c3-9510-9ca72a75a7f7'),
	('n:aurore', '01a217f4-c311-75c3-9510-9ca276e22333'),
	('n:rolland', '01a217f4-c311-75c3-9510-9ca276e22333'),
	('s:oror', '01a217f4-c311-75c3-9510-9ca276e22333'),
	('s:rolan', '01a217f4-c311-75c3-9510-9ca276e22333'),
	('n:francois', '01a217f4-c311-75c3-9510-9ca415ef16cc'),
	('n:martin', '01a217f4-c311-75c3-9510-9ca415ef16cc'),
	('s:frankoi', '01a217f4-c311-75c3-9510-9ca415ef16cc'),
	('s:martin', '01a217f4-c311-75c3-9510-9ca415ef16cc'),
	('n:adelaide', '01a217f4-c311-75c3-9510-9ca64a7b2d2a'),
	('n:hoarau', '01a217f4-c311-75c3-9510-9ca64a7b2d2a'),
	('s:adel', '01a217f4-c311-75c3-9510-9ca64a7b2d2a'),
	('s:oaro', '01a217f4-c311-75c3-9510-9ca64a7b2d2a'),
	('n:etienne', '01a217f4-c30f-707d-9855-b517fa8b6824'),
	('n:payet', '01a217f4-c30f-707d-9855-b517fa8b6824'),
	('s:etien', '01a217f4-c30f-707d-9855-b517fa8b6824'),
	('s:pe', '01a217f4-c30f-707d-9855-b517fa8b6824'),
	('n:amelie', '01a217f4-c311-75c3-9510-9cad25fce4df'),
	('n:vallee', '01a217f4-c311-75c3-9510-9cad25fce4df'),
	('s:ameli', '01a217f4-c311-75c3-9510-9cad25fce4df'),
	('s:val', '01a217f4-c311-75c3-9510-9cad25fce4df'),
	('n:costa', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('n:da', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('n:dacosta', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('n:elisabeth', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('s:da', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('s:elisab', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('s:kosta', '01a217f4-c314-740d-86ad-222f1b7f1e90'),
	('n:francoise', '01a217f4-c310-700f-964e-8d822ebf0c6d'),
	('n:laroche', '01a217f4-c310-700f-964e-8d822ebf0c6d'),
	('s:frankoi', '01a217f4-c310-700f-964e-8d822ebf0c6d'),
	('s:laroS', '01a217f4-c310-700f-964e-8d822ebf0c6d'),
	('n:adele', '01a217f4-c30e-71c7-8255-373a07c1c626'),
	('n:francois', '01a217f4-c30e-71c7-8255-373a07c1c626'),
	('s:adel', '01a217f4-c30e-71c7-8255-373a07c1c626'),
	('s:frankoi', '01a217f4-c30e-71c7-8255-373a07c1c626'),
	('n:goncalves', '01a217f4-c311-75c3-9510-9cab785ab3ba'),
	('n:jeanne', '01a217f4-c311-75c3-9510-9cab785ab3ba'),
	('s:gonkalv', '01a217f4-c311-75c3-9510-9cab785ab3ba'),
	('s:jean', '01a217f4-c311-75c3-9510-9cab785ab3ba'),
	('n:baudry', '01a217f4-c313-7402-991a-2412ad1b393b'),
	('n:eleonore', '01a217f4-c313-7402-991a-2412ad1b393b'),
	('s:bodri', '01a217f4-c313-7402-991a-2412ad1b393b'),
	('s:eleonor', '01a217f4-c313-7402-991a-2412ad1b393b'),
	('n:lemaire', '01a217f4-c659-7594-b938-f21738765672'),
	('n:maurice', '01a217f4-c659-7594-b938-f21738765672'),
	('s:lemer', '01a217f4-c659-7594-b938-f21738765672'),
	('s:mori', '01a217f4-c659-7594-b938-f21738765672'),
	('n:hamon', '01a217f4-c659-7594-b938-f21b7fdaf58e'),
	('n:lucy', '01a217f4-c659-7594-b938-f21b7fdaf58e'),
	('s:amon', '01a217f4-c659-7594-b938-f21b7fdaf58e'),
	('s:lusi', '01a217f4-c659-7594-b938-f21b7fdaf58e'),
	('n:auger', '01a217f4-c659-7594-b938-f20bd6c20e88'),
	('n:marie', '01a217f4-c659-7594-b938-f20bd6c20e88'),
	('s:mari', '01a217f4-c659-7594-b938-f20bd6c20e88'),
	('s:ojer', '01a217f4-c659-7594-b938-f20bd6c20e88'),
	('n:chantal', '01a217f4-c658-7401-896f-86aef7d90921'),
	('n:foucher', '01a217f4-c658-7401-896f-86aef7d90921'),
	('s:Santal', '01a217f4-c658-7401-896f-86aef7d90921'),
	('s:fouSer', '01a217f4-c658-7401-896f-86aef7d90921'),
	('n:danielle', '01a217f4-c659-7594-b938-f20f49ff4a29'),
	('n:germain', '01a217f4-c659-7594-b938-f20f49ff4a29'),
	('s:daniel', '01a217f4-c659-7594-b938-f20f49ff4a29'),
	('s:jermen', '01a217f4-c659-7594-b938-f20f49ff4a29'),
	('n:maurice', '01a217f4-c659-7594-b938-f21374fc337f'),
	('n:valerie', '01a217f4-c659-7594-b938-f21374fc337f'),
	('s:mori', '01a217f4-c659-7594-b938-f21374fc337f'),
	('s:valeri', '01a217f4-c659-7594-b938-f21374fc337f');
INSERT INTO @d55@.sighting VALUES
	('01a217f4-c30e-71c7-8255-37395f633817', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x34dabcb3540e1c639ab6335edba5bb44ef9db5ae56549afca52d03d9cdfc6e1c'),
	('01a217f4-c310-700f-964e-8d81c8185998', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x22cf4cc9a3e9cd658a1df91519a34c8435c77f08dd531408042f3dc9761c2a87'),
	('01a217f4-c311-75c3-9510-9ca18a754e2d', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\xbdb8fc9898225c7f119bc94426edf857e2aa83f314df536147250b50dcf8092b'),
	('01a217f4-c311-75c3-9510-9ca31e8fef8d', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\xbb51dcbb06ccabf215bf9add9f331baa8edd6173d02223f9d28c26c2a23241bb'),
	('01a217f4-c311-75c3-9510-9ca584a5e2b1', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\xf72d35a8a61f0e4bcea2c02fb6ec2ca059890271330890cec3680a83a2dddfcf'),
	('01a217f4-c311-75c3-9510-9ca8815d15c4', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x8799d0cfd7c26b89741bb30267bd560b6b29a21111c1cdefcad8a77840cd3be7'),
	('01a217f4-c311-75c3-9510-9caa8f70b3ea', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x80db9105cd0e7127456a3200305a4df8a260e4e0ee2108eb9468cf3a0da57d6f'),
	('01a217f4-c311-75c3-9510-9cac0ee9f7a2', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\xccbb4d87de0b3d17c34c77917ef957b55529ea73db730d2a78b0d73ff2a4b29d'),
	('01a217f4-c312-7114-81e5-b234b0d7ba41', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x6b5f3f719685ace435efbd534a74f9271e846d7b51633ef07544a7807f12bb08'),
	('01a217f4-c314-740d-86ad-222cb225950f', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x33a2ee76d8430ba95d5d4c498648bbef0b5739c988f1c079ec1bba5664d413bc'),
	('01a217f4-c314-740d-86ad-222efdc7b8f5', '01a217f4-be8a-75e7-93ca-8ca421a104fe', '\x27d00cd82bce09d332ce289073e2d96be8dec697971cf5e354ba3e43f33a41cc'),
	('01a217f4-c658-7401-896f-86adc20cf04e', '01a217f4-c5bf-74df-b803-4a107a297d68', '\xe11b6277e0d9c6d3ceab103c9b1947af4bbb1a7a6fef1bd483fc8b3f44dd5cc6'),
	('01a217f4-c659-7594-b938-f20a8f04d95c', '01a217f4-c5bf-74df-b803-4a107a297d68', '\xb03a694db3f6ad28889d227308c4a80410bc388ddc9165ecc6df9c85de18a59b'),
	('01a217f4-c659-7594-b938-f20ecd5b9d85', '01a217f4-c5bf-74df-b803-4a107a297d68', '\xf25f02b5e21bba44c99ec3bb893a719fea7b0c5decedc9d7aa5b97415e8df26b'),
	('01a217f4-c659-7594-b938-f21231c1700c', '01a217f4-c5bf-74df-b803-4a107a297d68', '\x669760932ea8e76120d645c0afe7534d6c57d04d014a2b5e7c07d0c98388f87e'),
	('01a217f4-c659-7594-b938-f2161fc14750', '01a217f4-c5bf-74df-b803-4a107a297d68', '\x04b0b4910dd318267d975a4cab9f9a4eb72d5b69d342c223f4fb741c7c5e65db'),
	('01a217f4-c659-7594-b938-f21adcff214a', '01a217f4-c5bf-74df-b803-4a107a297d68', '\xa45bf0bfae137c32b402ee766ea4fceb5dc108ad1d409122d90e99aca8b77d06');
INSERT INTO @d55@.territory VALUES
	('bar-le-duc', 'Bar-le-Duc et sud-ouest meusien', true),
	('commercy-saint-mihiel', 'Commercy et Saint-Mihiel', true),
	('nord-meusien', 'Nord meusien : Stenay, Montmédy, Étain, Spincourt', true),
	('verdun', 'Verdun et Argonne', true);
INSERT INTO @d55@.territory_commune VALUES
	('55001', 'bar-le-duc'),
	('55002', 'nord-meusien'),
	('55004', 'nord-meusien'),
	('55005', 'bar-le-duc'),
	('55007', 'verdun'),
	('55008', 'nord-meusien'),
	('55009', 'verdun'),
	('55010', 'bar-le-duc'),
	('55011', 'bar-le-duc'),
	('55012', 'commercy-saint-mihiel'),
	('55013', 'nord-meusien'),
	('55014', 'verdun'),
	('55015', 'bar-le-duc'),
	('55017', 'bar-le-duc'),
	('55018', 'nord-meusien'),
	('55021', 'verdun'),
	('55022', 'nord-meusien'),
	('55023', 'verdun'),
	('55024', 'nord-meusien'),
	('55025', 'nord-meusien'),
	('55026', 'bar-le-duc'),
	('55027', 'commercy-saint-mihiel'),
	('55028', 'nord-meusien'),
	('55029', 'bar-le-duc'),
	('55031', 'bar-le-duc'),
	('55032', 'bar-le-duc'),
	('55033', 'verdun'),
	('55034', 'nord-meusien'),
	('55035', 'bar-le-duc'),
	('55036', 'nord-meusien'),
	('55037', 'nord-meusien'),
	('55038', 'bar-le-duc'),
	('55039', 'verdun'),
	('55040', 'bar-le-duc'),
	('55041', 'bar-le-duc'),
	('55042', 'verdun'),
	('55043', 'verdun'),
	('55044', 'bar-le-duc'),
	('55045', 'verdun'),
	('55046', 'commercy-saint-mihiel'),
	('55047', 'verdun'),
	('55048', 'verdun'),
	('55049', 'bar-le-duc'),
	('55050', 'verdun'),
	('55051', 'bar-le-duc'),
	('55053', 'nord-meusien'),
	('55054', 'commercy-saint-mihiel'),
	('55055', 'nord-meusien'),
	('55057', 'nord-meusien'),
	('55058', 'commercy-saint-mihiel'),
	('55059', 'bar-le-duc'),
	('55060', 'verdun'),
	('55062', 'commercy-saint-mihiel'),
	('55063', 'nord-meusien'),
	('55064', 'bar-le-duc'),
	('55065', 'verdun'),
	('55066', 'commercy-saint-mihiel'),
	('55067', 'commercy-saint-mihiel'),
	('55068', 'verdun'),
	('55069', 'bar-le-duc'),
	('55070', 'verdun'),
	('55071', 'nord-meusien'),
	('55072', 'nord-meusien'),
	('55073', 'verdun'),
	('55075', 'bar-le-duc'),
	('55076', 'nord-meusien'),
	('55077', 'nord-meusien'),
	('55078', 'nord-meusien'),
	('55079', 'bar-le-duc'),
	('55080', 'commercy-saint-mihiel'),
	('55081', 'bar-le-duc'),
	('55082', 'verdun'),
	('55083', 'nord-meusien'),
	('55084', 'commercy-saint-mihiel'),
	('55085', 'commercy-saint-mihiel'),
	('55087', 'bar-le-duc'),
	('55088', 'commercy-saint-mihiel'),
	('55089', 'commercy-saint-mihiel'),
	('55093', 'commercy-saint-mihiel'),
	('55094', 'nord-meusien'),
	('55095', 'nord-meusien'),
	('55096', 'commercy-saint-mihiel'),
	('55097', 'commercy-saint-mihiel'),
	('55099', 'verdun'),
	('55100', 'commercy-saint-mihiel'),
	('55358', 'bar-le-duc'),
	('55101', 'bar-le-duc'),
	('55102', 'verdun'),
	('55103', 'verdun'),
	('55104', 'bar-le-duc'),
	('55105', 'nord-meusien'),
	('55106', 'verdun'),
	('55107', 'nord-meusien'),
	('55108', 'bar-le-duc'),
	('55109', 'nord-meusien'),
	('55110', 'nord-meusien'),
	('55111', 'commercy-saint-mihiel'),
	('55113', 'verdun'),
	('55114', 'commercy-saint-mihiel'),
	('55115', 'verdun');
INSERT INTO @d55@.territory_commune VALUES
	('55117', 'verdun'),
	('55118', 'nord-meusien'),
	('55119', 'nord-meusien'),
	('55120', 'bar-le-duc'),
	('55121', 'verdun'),
	('55122', 'commercy-saint-mihiel'),
	('55124', 'verdun'),
	('55125', 'bar-le-duc'),
	('55127', 'bar-le-duc'),
	('55128', 'bar-le-duc'),
	('55129', 'bar-le-duc'),
	('55132', 'bar-le-duc'),
	('55518', 'commercy-saint-mihiel'),
	('55133', 'bar-le-duc'),
	('55134', 'bar-le-duc'),
	('55137', 'verdun'),
	('55138', 'bar-le-duc'),
	('55139', 'verdun'),
	('55140', 'nord-meusien'),
	('55141', 'commercy-saint-mihiel'),
	('55142', 'bar-le-duc'),
	('55143', 'nord-meusien'),
	('55144', 'bar-le-duc'),
	('55145', 'nord-meusien'),
	('55146', 'nord-meusien'),
	('55148', 'bar-le-duc'),
	('55149', 'nord-meusien'),
	('55150', 'bar-le-duc'),
	('55153', 'nord-meusien'),
	('55154', 'verdun'),
	('55155', 'verdun'),
	('55156', 'nord-meusien'),
	('55157', 'verdun'),
	('55158', 'nord-meusien'),
	('55159', 'commercy-saint-mihiel'),
	('55160', 'commercy-saint-mihiel'),
	('55162', 'nord-meusien'),
	('55163', 'verdun'),
	('55537', 'verdun'),
	('55165', 'nord-meusien'),
	('55166', 'verdun'),
	('55167', 'nord-meusien'),
	('55168', 'nord-meusien'),
	('55169', 'nord-meusien'),
	('55170', 'nord-meusien'),
	('55171', 'nord-meusien'),
	('55173', 'commercy-saint-mihiel'),
	('55174', 'verdun'),
	('55175', 'bar-le-duc'),
	('55177', 'bar-le-duc'),
	('55178', 'bar-le-duc'),
	('55179', 'commercy-saint-mihiel'),
	('55180', 'verdun'),
	('55181', 'nord-meusien'),
	('55182', 'nord-meusien'),
	('55183', 'nord-meusien'),
	('55184', 'commercy-saint-mihiel'),
	('55185', 'bar-le-duc'),
	('55186', 'bar-le-duc'),
	('55188', 'nord-meusien'),
	('55189', 'verdun'),
	('55191', 'nord-meusien'),
	('55192', 'nord-meusien'),
	('55193', 'verdun'),
	('55194', 'bar-le-duc'),
	('55195', 'bar-le-duc'),
	('55196', 'commercy-saint-mihiel'),
	('55197', 'bar-le-duc'),
	('55198', 'verdun'),
	('55199', 'verdun'),
	('55200', 'verdun'),
	('55201', 'nord-meusien'),
	('55202', 'verdun'),
	('55204', 'verdun'),
	('55206', 'verdun'),
	('55207', 'bar-le-duc'),
	('55208', 'verdun'),
	('55258', 'commercy-saint-mihiel'),
	('55210', 'bar-le-duc'),
	('55211', 'nord-meusien'),
	('55212', 'commercy-saint-mihiel'),
	('55214', 'bar-le-duc'),
	('55215', 'bar-le-duc'),
	('55216', 'nord-meusien'),
	('55217', 'commercy-saint-mihiel'),
	('55218', 'nord-meusien'),
	('55219', 'nord-meusien'),
	('55220', 'commercy-saint-mihiel'),
	('55221', 'bar-le-duc'),
	('55222', 'nord-meusien'),
	('55224', 'bar-le-duc'),
	('55225', 'nord-meusien'),
	('55226', 'nord-meusien'),
	('55229', 'commercy-saint-mihiel'),
	('55228', 'verdun'),
	('55232', 'verdun'),
	('55236', 'verdun'),
	('55237', 'verdun'),
	('55239', 'verdun'),
	('55241', 'verdun');
INSERT INTO @d55@.territory_commune VALUES
	('55242', 'verdun'),
	('55243', 'verdun'),
	('55244', 'nord-meusien'),
	('55245', 'commercy-saint-mihiel'),
	('55246', 'bar-le-duc'),
	('55247', 'bar-le-duc'),
	('55248', 'bar-le-duc'),
	('55250', 'nord-meusien'),
	('55251', 'bar-le-duc'),
	('55252', 'nord-meusien'),
	('55255', 'nord-meusien'),
	('55256', 'commercy-saint-mihiel'),
	('55257', 'verdun'),
	('55260', 'verdun'),
	('55261', 'bar-le-duc'),
	('55262', 'nord-meusien'),
	('55263', 'commercy-saint-mihiel'),
	('55264', 'commercy-saint-mihiel'),
	('55296', 'bar-le-duc'),
	('55265', 'verdun'),
	('55266', 'verdun'),
	('55267', 'commercy-saint-mihiel'),
	('55268', 'commercy-saint-mihiel'),
	('55269', 'bar-le-duc'),
	('55270', 'commercy-saint-mihiel'),
	('55271', 'bar-le-duc'),
	('55272', 'bar-le-duc'),
	('55274', 'commercy-saint-mihiel'),
	('55275', 'nord-meusien'),
	('55276', 'verdun'),
	('55278', 'commercy-saint-mihiel'),
	('55279', 'nord-meusien'),
	('55280', 'nord-meusien'),
	('55281', 'verdun'),
	('55282', 'bar-le-duc'),
	('55284', 'bar-le-duc'),
	('55285', 'bar-le-duc'),
	('55061', 'bar-le-duc'),
	('55116', 'verdun'),
	('55379', 'verdun'),
	('55286', 'verdun'),
	('55288', 'commercy-saint-mihiel'),
	('55172', 'verdun'),
	('55123', 'bar-le-duc'),
	('55253', 'verdun'),
	('55347', 'verdun'),
	('55401', 'commercy-saint-mihiel'),
	('55436', 'bar-le-duc'),
	('55497', 'verdun'),
	('55254', 'bar-le-duc'),
	('55289', 'bar-le-duc'),
	('55290', 'bar-le-duc'),
	('55291', 'bar-le-duc'),
	('55292', 'nord-meusien'),
	('55293', 'nord-meusien'),
	('55295', 'bar-le-duc'),
	('55297', 'nord-meusien'),
	('55298', 'bar-le-duc'),
	('55299', 'nord-meusien'),
	('55301', 'bar-le-duc'),
	('55300', 'bar-le-duc'),
	('55302', 'bar-le-duc'),
	('55303', 'commercy-saint-mihiel'),
	('55304', 'bar-le-duc'),
	('55306', 'nord-meusien'),
	('55307', 'verdun'),
	('55310', 'nord-meusien'),
	('55311', 'verdun'),
	('55312', 'commercy-saint-mihiel'),
	('55313', 'verdun'),
	('55315', 'bar-le-duc'),
	('55316', 'nord-meusien'),
	('55317', 'verdun'),
	('55320', 'verdun'),
	('55321', 'verdun'),
	('55322', 'commercy-saint-mihiel'),
	('55323', 'nord-meusien'),
	('55324', 'nord-meusien'),
	('55325', 'nord-meusien'),
	('55326', 'bar-le-duc'),
	('55327', 'bar-le-duc'),
	('55328', 'commercy-saint-mihiel'),
	('55329', 'commercy-saint-mihiel'),
	('55330', 'commercy-saint-mihiel'),
	('55331', 'commercy-saint-mihiel'),
	('55332', 'bar-le-duc'),
	('55333', 'commercy-saint-mihiel'),
	('55334', 'commercy-saint-mihiel'),
	('55335', 'bar-le-duc'),
	('55336', 'nord-meusien'),
	('55338', 'nord-meusien'),
	('55339', 'nord-meusien'),
	('55340', 'bar-le-duc'),
	('55341', 'nord-meusien'),
	('55345', 'nord-meusien'),
	('55343', 'verdun'),
	('55344', 'commercy-saint-mihiel'),
	('55346', 'verdun'),
	('55348', 'bar-le-duc'),
	('55349', 'nord-meusien');
INSERT INTO @d55@.territory_commune VALUES
	('55350', 'commercy-saint-mihiel'),
	('55351', 'nord-meusien'),
	('55352', 'bar-le-duc'),
	('55353', 'commercy-saint-mihiel'),
	('55355', 'verdun'),
	('55356', 'nord-meusien'),
	('55357', 'nord-meusien'),
	('55359', 'bar-le-duc'),
	('55360', 'verdun'),
	('55361', 'nord-meusien'),
	('55362', 'nord-meusien'),
	('55363', 'verdun'),
	('55364', 'nord-meusien'),
	('55365', 'nord-meusien'),
	('55367', 'nord-meusien'),
	('55368', 'commercy-saint-mihiel'),
	('55369', 'bar-le-duc'),
	('55370', 'bar-le-duc'),
	('55371', 'commercy-saint-mihiel'),
	('55372', 'bar-le-duc'),
	('55373', 'bar-le-duc'),
	('55374', 'bar-le-duc'),
	('55375', 'nord-meusien'),
	('55376', 'bar-le-duc'),
	('55377', 'nord-meusien'),
	('55378', 'bar-le-duc'),
	('55380', 'bar-le-duc'),
	('55381', 'commercy-saint-mihiel'),
	('55382', 'bar-le-duc'),
	('55383', 'verdun'),
	('55384', 'bar-le-duc'),
	('55385', 'verdun'),
	('55386', 'commercy-saint-mihiel'),
	('55387', 'nord-meusien'),
	('55388', 'bar-le-duc'),
	('55389', 'bar-le-duc'),
	('55391', 'nord-meusien'),
	('55394', 'verdun'),
	('55395', 'verdun'),
	('55396', 'commercy-saint-mihiel'),
	('55397', 'commercy-saint-mihiel'),
	('55398', 'commercy-saint-mihiel'),
	('55399', 'verdun'),
	('55400', 'nord-meusien'),
	('55403', 'nord-meusien'),
	('55404', 'bar-le-duc'),
	('55405', 'nord-meusien'),
	('55406', 'verdun'),
	('55407', 'commercy-saint-mihiel'),
	('55408', 'nord-meusien'),
	('55409', 'bar-le-duc'),
	('55410', 'nord-meusien'),
	('55442', 'bar-le-duc'),
	('55411', 'verdun'),
	('55412', 'commercy-saint-mihiel'),
	('55414', 'bar-le-duc'),
	('55415', 'commercy-saint-mihiel'),
	('55416', 'verdun'),
	('55419', 'verdun'),
	('55420', 'verdun'),
	('55421', 'commercy-saint-mihiel'),
	('55422', 'verdun'),
	('55423', 'bar-le-duc'),
	('55424', 'bar-le-duc'),
	('55425', 'nord-meusien'),
	('55426', 'bar-le-duc'),
	('55427', 'bar-le-duc'),
	('55428', 'nord-meusien'),
	('55429', 'verdun'),
	('55430', 'bar-le-duc'),
	('55431', 'commercy-saint-mihiel'),
	('55433', 'commercy-saint-mihiel'),
	('55434', 'commercy-saint-mihiel'),
	('55435', 'bar-le-duc'),
	('55437', 'nord-meusien'),
	('55438', 'verdun'),
	('55439', 'verdun'),
	('55443', 'nord-meusien'),
	('55444', 'commercy-saint-mihiel'),
	('55445', 'nord-meusien'),
	('55446', 'bar-le-duc'),
	('55447', 'bar-le-duc'),
	('55448', 'bar-le-duc'),
	('55449', 'verdun'),
	('55450', 'nord-meusien'),
	('55452', 'bar-le-duc'),
	('55453', 'verdun'),
	('55454', 'commercy-saint-mihiel'),
	('55456', 'commercy-saint-mihiel'),
	('55457', 'verdun'),
	('55458', 'nord-meusien'),
	('55459', 'bar-le-duc'),
	('55460', 'commercy-saint-mihiel'),
	('55461', 'nord-meusien'),
	('55462', 'commercy-saint-mihiel'),
	('55463', 'commercy-saint-mihiel'),
	('55464', 'nord-meusien'),
	('55465', 'verdun'),
	('55466', 'bar-le-duc'),
	('55468', 'verdun');
INSERT INTO @d55@.territory_commune VALUES
	('55467', 'commercy-saint-mihiel'),
	('55469', 'nord-meusien'),
	('55470', 'bar-le-duc'),
	('55471', 'nord-meusien'),
	('55472', 'commercy-saint-mihiel'),
	('55473', 'verdun'),
	('55474', 'commercy-saint-mihiel'),
	('55475', 'commercy-saint-mihiel'),
	('55476', 'bar-le-duc'),
	('55477', 'bar-le-duc'),
	('55479', 'bar-le-duc'),
	('55481', 'nord-meusien'),
	('55482', 'verdun'),
	('55484', 'verdun'),
	('55485', 'commercy-saint-mihiel'),
	('55517', 'bar-le-duc'),
	('55487', 'commercy-saint-mihiel'),
	('55488', 'bar-le-duc'),
	('55489', 'verdun'),
	('55490', 'nord-meusien'),
	('55492', 'verdun'),
	('55493', 'bar-le-duc'),
	('55494', 'bar-le-duc'),
	('55495', 'nord-meusien'),
	('55496', 'commercy-saint-mihiel'),
	('55498', 'verdun'),
	('55500', 'nord-meusien'),
	('55501', 'bar-le-duc'),
	('55502', 'nord-meusien'),
	('55503', 'commercy-saint-mihiel'),
	('55504', 'bar-le-duc'),
	('55505', 'verdun'),
	('55506', 'bar-le-duc'),
	('55507', 'verdun'),
	('55508', 'nord-meusien'),
	('55509', 'nord-meusien'),
	('55510', 'nord-meusien'),
	('55511', 'nord-meusien'),
	('55512', 'verdun'),
	('55514', 'bar-le-duc'),
	('55515', 'verdun'),
	('55516', 'bar-le-duc'),
	('55519', 'bar-le-duc'),
	('55520', 'commercy-saint-mihiel'),
	('55521', 'commercy-saint-mihiel'),
	('55522', 'commercy-saint-mihiel'),
	('55523', 'verdun'),
	('55525', 'verdun'),
	('55526', 'commercy-saint-mihiel'),
	('55366', 'bar-le-duc'),
	('55530', 'commercy-saint-mihiel'),
	('55527', 'verdun'),
	('55528', 'commercy-saint-mihiel'),
	('55531', 'bar-le-duc'),
	('55532', 'bar-le-duc'),
	('55533', 'commercy-saint-mihiel'),
	('55534', 'bar-le-duc'),
	('55535', 'nord-meusien'),
	('55536', 'verdun'),
	('55540', 'commercy-saint-mihiel'),
	('55541', 'bar-le-duc'),
	('55543', 'bar-le-duc'),
	('55544', 'nord-meusien'),
	('55545', 'verdun'),
	('55546', 'nord-meusien'),
	('55547', 'nord-meusien'),
	('55549', 'verdun'),
	('55552', 'nord-meusien'),
	('55551', 'commercy-saint-mihiel'),
	('55553', 'commercy-saint-mihiel'),
	('55555', 'bar-le-duc'),
	('55556', 'nord-meusien'),
	('55557', 'verdun'),
	('55567', 'verdun'),
	('55568', 'bar-le-duc'),
	('55554', 'nord-meusien'),
	('55559', 'commercy-saint-mihiel'),
	('55560', 'bar-le-duc'),
	('55561', 'nord-meusien'),
	('55562', 'bar-le-duc'),
	('55563', 'nord-meusien'),
	('55565', 'verdun'),
	('55566', 'verdun'),
	('55569', 'bar-le-duc'),
	('55570', 'bar-le-duc'),
	('55571', 'nord-meusien'),
	('55572', 'nord-meusien'),
	('55573', 'commercy-saint-mihiel'),
	('55574', 'bar-le-duc'),
	('55575', 'bar-le-duc'),
	('55577', 'bar-le-duc'),
	('55578', 'nord-meusien'),
	('55579', 'verdun'),
	('55580', 'nord-meusien'),
	('55581', 'commercy-saint-mihiel'),
	('55582', 'nord-meusien'),
	('55583', 'verdun'),
	('55584', 'bar-le-duc'),
	('55586', 'commercy-saint-mihiel');
ALTER TABLE ONLY @d55@.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.account_role
    ADD CONSTRAINT account_role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.content
    ADD CONSTRAINT content_pkey PRIMARY KEY (household_id, hash);
ALTER TABLE ONLY @d55@.counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (state, territory, due_on);
ALTER TABLE ONLY @d55@.counter_place
    ADD CONSTRAINT counter_place_pkey PRIMARY KEY (state, territory, commune);
ALTER TABLE ONLY @d55@.household
    ADD CONSTRAINT household_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.import_change
    ADD CONSTRAINT import_change_pkey PRIMARY KEY (import_id, kind, person_id);
ALTER TABLE ONLY @d55@.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.import_reject
    ADD CONSTRAINT import_reject_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.journal_head
    ADD CONSTRAINT journal_head_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (number);
ALTER TABLE ONLY @d55@.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (household_id, person_id);
ALTER TABLE ONLY @d55@.one_time_link
    ADD CONSTRAINT one_time_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.parameter
    ADD CONSTRAINT parameter_pkey PRIMARY KEY (key, since);
ALTER TABLE ONLY @d55@.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (household_id, import_id, rank);
ALTER TABLE ONLY @d55@.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.referent
    ADD CONSTRAINT referent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY @d55@.search_term
    ADD CONSTRAINT search_term_pkey PRIMARY KEY (term, person_id);
ALTER TABLE ONLY @d55@.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY @d55@.sheet_profile
    ADD CONSTRAINT sheet_profile_pkey PRIMARY KEY (name);
ALTER TABLE ONLY @d55@.sighting
    ADD CONSTRAINT sighting_pkey PRIMARY KEY (household_id, import_id);
ALTER TABLE ONLY @d55@.territory_commune
    ADD CONSTRAINT territory_commune_pkey PRIMARY KEY (commune);
ALTER TABLE ONLY @d55@.territory
    ADD CONSTRAINT territory_pkey PRIMARY KEY (code);
CREATE UNIQUE INDEX ix_account_email ON @d55@.account USING btree (email);
CREATE INDEX ix_account_role_account_id ON @d55@.account_role USING btree (account_id);
CREATE UNIQUE INDEX ix_api_token_hash ON @d55@.api_token USING btree (hash);
CREATE INDEX ix_contact_person_id ON @d55@.contact USING btree (person_id);
CREATE INDEX ix_contact_value ON @d55@.contact USING btree (value);
CREATE UNIQUE INDEX ix_household_claim_number_matricule_organism_number_organism ON @d55@.household USING btree (claim_number, matricule, organism_number, organism);
CREATE INDEX ix_household_matricule ON @d55@.household USING btree (matricule);
CREATE INDEX ix_import_reject_import_id_position ON @d55@.import_reject USING btree (import_id, "position");
CREATE INDEX ix_import_sha256 ON @d55@.import USING btree (sha256);
CREATE INDEX ix_import_status_number ON @d55@.import USING btree (status, number);
CREATE INDEX ix_journal_actor_id_number ON @d55@.journal USING btree (actor_id, number);
CREATE INDEX ix_journal_person_id_number ON @d55@.journal USING btree (person_id, number);
CREATE INDEX ix_membership_person_id ON @d55@.membership USING btree (person_id);
CREATE INDEX ix_person_birth_date_nir_index ON @d55@.person USING btree (birth_date, nir_index);
CREATE INDEX ix_person_france_travail_id ON @d55@.person USING btree (france_travail_id);
CREATE INDEX ix_person_household_id ON @d55@.person USING btree (household_id);
CREATE INDEX ix_person_merged ON @d55@.person USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX ix_person_nir_index ON @d55@.person USING btree (nir_index);
CREATE INDEX ix_person_sort_name_id ON @d55@.person USING btree (sort_name, id);
CREATE INDEX ix_person_state_due_on_id ON @d55@.person USING btree (state, due_on, id);
CREATE INDEX ix_referent_account_id_person_id ON @d55@.referent USING btree (account_id, person_id);
CREATE INDEX ix_referent_person_id ON @d55@.referent USING btree (person_id);
CREATE UNIQUE INDEX ix_review_person_a_person_b ON @d55@.review USING btree (person_a, person_b);
CREATE INDEX ix_review_person_b ON @d55@.review USING btree (person_b);
CREATE INDEX ix_review_status_id ON @d55@.review USING btree (status, id);
CREATE INDEX ix_search_term_person_id ON @d55@.search_term USING btree (person_id);
CREATE INDEX ix_search_term_prefix ON @d55@.search_term USING btree (term text_pattern_ops, person_id);
CREATE INDEX ix_session_account_id ON @d55@.session USING btree (account_id);
ALTER TABLE ONLY @d55@.account_role
    ADD CONSTRAINT account_role_account_id_fkey FOREIGN KEY (account_id) REFERENCES @d55@.account(id);
ALTER TABLE ONLY @d55@.contact
    ADD CONSTRAINT contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.content
    ADD CONSTRAINT content_household_id_fkey FOREIGN KEY (household_id) REFERENCES @d55@.household(id);
ALTER TABLE ONLY @d55@.import_change
    ADD CONSTRAINT import_change_import_id_fkey FOREIGN KEY (import_id) REFERENCES @d55@.import(id);
ALTER TABLE ONLY @d55@.import_change
    ADD CONSTRAINT import_change_person_id_fkey FOREIGN KEY (person_id) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.import_reject
    ADD CONSTRAINT import_reject_import_id_fkey FOREIGN KEY (import_id) REFERENCES @d55@.import(id);
ALTER TABLE ONLY @d55@.membership
    ADD CONSTRAINT membership_household_id_fkey FOREIGN KEY (household_id) REFERENCES @d55@.household(id);
ALTER TABLE ONLY @d55@.membership
    ADD CONSTRAINT membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.one_time_link
    ADD CONSTRAINT one_time_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES @d55@.account(id);
ALTER TABLE ONLY @d55@.payment
    ADD CONSTRAINT payment_household_id_fkey FOREIGN KEY (household_id) REFERENCES @d55@.household(id);
ALTER TABLE ONLY @d55@.payment
    ADD CONSTRAINT payment_import_id_fkey FOREIGN KEY (import_id) REFERENCES @d55@.import(id);
ALTER TABLE ONLY @d55@.person
    ADD CONSTRAINT person_household_id_fkey FOREIGN KEY (household_id) REFERENCES @d55@.household(id);
ALTER TABLE ONLY @d55@.person
    ADD CONSTRAINT person_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.referent
    ADD CONSTRAINT referent_account_id_fkey FOREIGN KEY (account_id) REFERENCES @d55@.account(id);
ALTER TABLE ONLY @d55@.referent
    ADD CONSTRAINT referent_person_id_fkey FOREIGN KEY (person_id) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.review
    ADD CONSTRAINT review_person_a_fkey FOREIGN KEY (person_a) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.review
    ADD CONSTRAINT review_person_b_fkey FOREIGN KEY (person_b) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.search_term
    ADD CONSTRAINT search_term_person_id_fkey FOREIGN KEY (person_id) REFERENCES @d55@.person(id);
ALTER TABLE ONLY @d55@.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES @d55@.account(id);
ALTER TABLE ONLY @d55@.sighting
    ADD CONSTRAINT sighting_household_id_fkey FOREIGN KEY (household_id) REFERENCES @d55@.household(id);
ALTER TABLE ONLY @d55@.sighting
    ADD CONSTRAINT sighting_import_id_fkey FOREIGN KEY (import_id) REFERENCES @d55@.import(id);
