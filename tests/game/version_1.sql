-- A database as version 1 of the tables left it, with one game. Never changed: it stands for what is out there.
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE game (
    id VARCHAR(40) NOT NULL, code VARCHAR(12) NOT NULL, title TEXT NOT NULL, setup JSON NOT NULL,
    plan VARCHAR(40) NOT NULL, places JSON NOT NULL, status VARCHAR(10) NOT NULL, turn INTEGER NOT NULL,
    seq INTEGER NOT NULL, created_at VARCHAR(40) NOT NULL, token_hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (id), UNIQUE (code), UNIQUE (token_hash)
);
CREATE TABLE player (
    game VARCHAR(40) NOT NULL, id VARCHAR(40) NOT NULL, seat VARCHAR(40) NOT NULL, role VARCHAR(80) NOT NULL,
    name TEXT NOT NULL, token_hash VARCHAR(64) NOT NULL, joined_at VARCHAR(40) NOT NULL,
    last_seen VARCHAR(40) NOT NULL,
    PRIMARY KEY (game, id), FOREIGN KEY (game) REFERENCES game (id), UNIQUE (token_hash)
);
CREATE TABLE entry (
    game VARCHAR(40) NOT NULL, seq INTEGER NOT NULL, turn INTEGER NOT NULL, seat VARCHAR(40) NOT NULL,
    player VARCHAR(40) NOT NULL, kind VARCHAR(20) NOT NULL, payload JSON NOT NULL, key VARCHAR(200) NOT NULL,
    at VARCHAR(40) NOT NULL,
    PRIMARY KEY (game, seq), UNIQUE (game, key), FOREIGN KEY (game) REFERENCES game (id)
);
INSERT INTO schema_version VALUES (1);
INSERT INTO game VALUES (
    '0123456789abcdef', 'CDFGHJ', 'An old class', '{"scenario": "base", "random_seed": 7}', '45',
    '[{"seat": "POL", "roles": ["treasurer"], "capacity": 2}]', 'open', 1, 3,
    '2027-03-01T09:00:00.000+00:00', '1111111111111111111111111111111111111111111111111111111111111111'
);
INSERT INTO player VALUES (
    '0123456789abcdef', '1', 'POL', 'treasurer', 'Ada',
    'd2f9fa9d99bb30b2b67fc6b0ea2694f345c0961596e0fd82561010b4f7570c2d',
    '2027-03-01T09:01:00.000+00:00', '2027-03-01T09:02:00.000+00:00'
);
INSERT INTO entry VALUES (
    '0123456789abcdef', 1, 0, 'POL', '', 'take', '{"seat": "POL", "by": "person"}', 'room:0:take',
    '2027-03-01T09:01:00.000+00:00'
);
INSERT INTO entry VALUES (
    '0123456789abcdef', 2, 0, '', '', 'phase', '{"state": "play", "deadline": ""}', 'facilitator:0:begin',
    '2027-03-01T09:02:00.000+00:00'
);
INSERT INTO entry VALUES (
    '0123456789abcdef', 3, 1, 'POL', '1', 'order', '{"kind": "wait"}', '1:1:first',
    '2027-03-01T09:03:00.000+00:00'
);
