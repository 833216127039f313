-- The days at which blocks of kept contents can lie that share a day with a new one; spans have 31 days at most.
SET VARIABLE looked_from = (SELECT min(look_from) - 31 FROM blocks);
SET VARIABLE looked_to = (SELECT max(look_to) FROM blocks);
