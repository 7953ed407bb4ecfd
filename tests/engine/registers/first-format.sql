BEGIN TRANSACTION;
CREATE TABLE calendar_agreements (
    agreement TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    municipality TEXT,
    state TEXT NOT NULL
, until TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
INSERT INTO "calendar_agreements" VALUES('lokal','Lokal','Kommunen','in_force','2025-12-31');
CREATE TABLE calendar_entries (
    feed TEXT NOT NULL,
    uid TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    placing TEXT NOT NULL,
    stamp TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    present INTEGER NOT NULL,
    PRIMARY KEY (feed, uid)
) STRICT, WITHOUT ROWID;
INSERT INTO "calendar_entries" VALUES('lokal','u1@x','cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd','2025-12-31','2025-07-03T02:15:00Z',1,1);
CREATE TABLE calendar_events (
    agreement TEXT NOT NULL,
    detailed INTEGER NOT NULL CHECK (detailed IN (0, 1)),
    uid TEXT NOT NULL,
    body TEXT NOT NULL,
    bearer TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    duty TEXT,
    summary TEXT NOT NULL,
    stamp TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    event BLOB,
    alarm BLOB,
    PRIMARY KEY (detailed, agreement, uid, body, bearer)
) STRICT, WITHOUT ROWID;
INSERT INTO "calendar_events" VALUES('lokal',0,'u1@x','local_steering_group','kommunen','due','2025-12-31','lokal.moten.2025-Q4','Sista dag','2025-07-03T02:15:00Z',1,X'424547494E3A564556454E540D0A454E443A564556454E540D0A',X'424547494E3A56414C41524D0D0A');
INSERT INTO "calendar_events" VALUES('lokal',0,'u2@x','','','due','2025-06-30',NULL,'Borta','2025-07-03T02:15:00Z',2,NULL,NULL);
CREATE TABLE calendar_labels (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "calendar_labels" VALUES('local_steering_group','lokal styrgrupp');
CREATE TABLE calendar_refreshes (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    run INTEGER NOT NULL,
    head INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    words TEXT NOT NULL,
    revision INTEGER NOT NULL,
    first TEXT NOT NULL
) STRICT;
INSERT INTO "calendar_refreshes" VALUES(1,10,11,'2025-07-03','ord',3,'2025-01-05T03:15:00Z');
CREATE TABLE cells (
    agreement TEXT NOT NULL,
    cell TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (agreement, cell)
) STRICT, WITHOUT ROWID;
INSERT INTO "cells" VALUES('kommun-ort','lag/lagesbild','2025-11-30');
INSERT INTO "cells" VALUES('kommun-ort','lag/radet','2025-11-30');
INSERT INTO "cells" VALUES('lokal','lokal/anteckningar',NULL);
INSERT INTO "cells" VALUES('lokal','lokal/beslutas','2025-11-30');
INSERT INTO "cells" VALUES('lokal','lokal/bevis',NULL);
INSERT INTO "cells" VALUES('lokal','lokal/datum','2025-12-31');
INSERT INTO "cells" VALUES('lokal','lokal/kallelse',NULL);
INSERT INTO "cells" VALUES('lokal','lokal/moten','2025-11-30');
INSERT INTO "cells" VALUES('lokal','lokal/ordforande',NULL);
INSERT INTO "cells" VALUES('lokal','lokal/plats',NULL);
INSERT INTO "cells" VALUES('lokal','lokal/revideras','2025-11-30');
INSERT INTO "cells" VALUES('lokal','lokal/roster',NULL);
INSERT INTO "cells" VALUES('lokal','umbrella/styrgrupp','2025-11-30');
INSERT INTO "cells" VALUES('umbrella','umbrella/samrad','2025-12-31');
INSERT INTO "cells" VALUES('umbrella','umbrella/uppsagning',NULL);
CREATE TABLE changes (
    run INTEGER NOT NULL REFERENCES runs (id),
    duty TEXT NOT NULL,
    agreement TEXT NOT NULL,
    was TEXT,
    status TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT,
    content TEXT
) STRICT;
INSERT INTO "changes" VALUES(1,'kommun-ort.lag.lagesbild.2024','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.lagesbild.2024","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2024","2024-06-01","2024-12-31"],null,"2024-06-01","2024-12-31","pending",1,0,[],[],true,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'kommun-ort.lag.lagesbild.2025','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.lagesbild.2025","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'kommun-ort.lag.radet.2024-H1','kommun-ort',NULL,'not_applicable','2024-06-01','part_period_below_threshold','["kommun-ort.lag.radet.2024-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H1","2024-06-01","2024-06-30"],null,"2024-06-01",null,"not_applicable",0,0,[],[],true,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_below_threshold"],[],"part_period_below_threshold"]');
INSERT INTO "changes" VALUES(1,'kommun-ort.lag.radet.2024-H2','kommun-ort',NULL,'pending','2024-07-01',NULL,'["kommun-ort.lag.radet.2024-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'kommun-ort.lag.radet.2025-H1','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.radet.2025-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'kommun-ort.lag.radet.2025-H2','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.radet.2025-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2024-Q1','lokal',NULL,'not_applicable','2024-03-10','part_period_below_threshold','["lokal.moten.2024-Q1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q1","2024-03-01","2024-03-31"],null,"2024-03-01",null,"not_applicable",0,0,[],[],true,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["part_period_below_threshold"],[],"part_period_below_threshold"]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2024-Q2','lokal',NULL,'fulfilled','2024-07-01',NULL,'["lokal.moten.2024-Q2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q2","2024-04-01","2024-06-30"],null,"2024-04-01","2024-06-30","fulfilled",1,2,["m3","m4"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2024-Q3','lokal',NULL,'pending','2024-07-01',NULL,'["lokal.moten.2024-Q3","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q3","2024-07-01","2024-09-30"],null,"2024-07-01","2024-09-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2024-Q4','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2024-Q4","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q4","2024-10-01","2024-12-31"],null,"2024-10-01","2024-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2025-Q1','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2025-Q1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q1","2025-01-01","2025-03-31"],null,"2025-01-01","2025-03-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2025-Q2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2025-Q2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q2","2025-04-01","2025-06-30"],null,"2025-04-01","2025-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.moten.2025-Q3','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2025-Q3","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q3","2025-07-01","2025-09-30"],null,"2025-07-01","2025-09-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.ordforande.m2','lokal',NULL,'fulfilled','2024-03-11',NULL,'["lokal.ordforande.m2","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-10","2024-03-10","fulfilled",1,1,["m2"],[],false,false,[["ALT","each"]],["first_in_sequence","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.ordforande.m3','lokal',NULL,'fulfilled','2024-04-11',NULL,'["lokal.ordforande.m3","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m3","2024-04-10","2024-04-10","fulfilled",1,1,["m3"],[],false,false,[["ALT","each"]],["chair_alternated","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.ordforande.m4','lokal',NULL,'fulfilled','2024-05-11',NULL,'["lokal.ordforande.m4","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m4","2024-05-10","2024-05-10","fulfilled",1,1,["m4"],[],false,false,[["ALT","each"]],["chair_alternated","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.revideras.2024','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.revideras.2024","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2024","2024-03-01","2024-12-31"],null,"2024-03-01","2024-12-31","pending",1,0,[],[],true,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.revideras.2025','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.revideras.2025","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.bilaggs.2024-H1','lokal',NULL,'overdue','2024-07-01',NULL,'["lokal.bilaggs.2024-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2024-H1","2024-03-01","2024-06-30"],null,"2024-03-01","2024-06-30","overdue",1,0,[],[],true,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.bilaggs.2024-H2','lokal',NULL,'pending','2024-07-01',NULL,'["lokal.bilaggs.2024-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.bilaggs.2025-H1','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.bilaggs.2025-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.bilaggs.2025-H2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.bilaggs.2025-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.kallelse.m2','lokal',NULL,'overdue','2024-03-10',NULL,'["lokal.kallelse.m2","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-01","2024-02-25","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.kallelse.m3','lokal',NULL,'overdue','2024-04-10',NULL,'["lokal.kallelse.m3","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m3","2024-03-11","2024-03-27","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.kallelse.m4','lokal',NULL,'overdue','2024-05-10',NULL,'["lokal.kallelse.m4","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m4","2024-04-11","2024-04-26","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.anteckningar.m2','lokal',NULL,'overdue','2024-04-10',NULL,'["lokal.anteckningar.m2","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-10","2024-04-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.anteckningar.m3','lokal',NULL,'overdue','2024-05-10',NULL,'["lokal.anteckningar.m3","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m3","2024-04-10","2024-05-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.anteckningar.m4','lokal',NULL,'pending','2024-05-10',NULL,'["lokal.anteckningar.m4","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m4","2024-05-10",null,"pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","open_without_date"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.datum.2024','lokal',NULL,'not_applicable','2024-03-01','outside_term','["lokal.datum.2024","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2024","2024-03-01","2024-12-31"],null,"2024-03-01",null,"not_applicable",0,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["outside_term"],[],"outside_term"]');
INSERT INTO "changes" VALUES(1,'lokal.datum.2025','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.datum.2025","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-01-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.roster','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.roster","lokal","lokal","roster",["x.txt","5",null],"obligation",null,null,null,null,"2024-03-01",null,"pending",2,0,[],[],false,true,[],["whole_period_in_term","duty_applies","open_without_date"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.umbrella.styrgrupp.2024-H1','lokal',NULL,'fulfilled','2024-07-01',NULL,'["lokal.umbrella.styrgrupp.2024-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H1","2024-03-01","2024-06-30"],null,"2024-03-01","2024-06-30","fulfilled",1,3,["m2","m3","m4"],[],true,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.umbrella.styrgrupp.2024-H2','lokal',NULL,'pending','2024-07-01',NULL,'["lokal.umbrella.styrgrupp.2024-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.umbrella.styrgrupp.2025-H1','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.umbrella.styrgrupp.2025-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'lokal.umbrella.styrgrupp.2025-H2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.umbrella.styrgrupp.2025-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(1,'umbrella.samrad.term-1','umbrella',NULL,'pending','2024-01-01',NULL,'["umbrella.samrad.term-1","umbrella","umbrella","samrad",["x.txt","2",null],"obligation",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01","2025-06-30","pending",1,0,[],[],false,true,[["SAMRAD","both"],["SEXMAN","clip"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(1,'umbrella.forlangning.term-1','umbrella',NULL,'pending','2024-01-01',NULL,'["umbrella.forlangning.term-1","umbrella","umbrella","forlangning",["x.txt","2",null],"power",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01","2025-12-31","pending",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","right_available"],[],null]');
INSERT INTO "changes" VALUES(1,'umbrella.uppsagning','umbrella',NULL,'pending','2024-01-01',NULL,'["umbrella.uppsagning","umbrella","umbrella","uppsagning",["x.txt","4",null],"power",null,null,null,null,"2024-01-01",null,"pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","right_available"],[],null]');
INSERT INTO "changes" VALUES(2,'kommun-ort.lag.radet.2024-H2','kommun-ort','pending','fulfilled','2024-09-10',NULL,'["kommun-ort.lag.radet.2024-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,1,["m5"],[["plan","planned"]],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.moten.2024-Q3','lokal','pending','fulfilled','2024-10-01',NULL,'["lokal.moten.2024-Q3","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q3","2024-07-01","2024-09-30"],null,"2024-07-01","2024-09-30","fulfilled",1,1,["m5"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.moten.2024-Q4','lokal','pending','pending','2024-10-01',NULL,'["lokal.moten.2024-Q4","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q4","2024-10-01","2024-12-31"],null,"2024-10-01","2024-12-31","pending",1,0,[],[["plan","planned"]],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.moten.2025-Q4','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2025-Q4","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q4","2025-10-01","2025-12-31"],null,"2025-10-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.ordforande.m5','lokal',NULL,'fulfilled','2024-09-11',NULL,'["lokal.ordforande.m5","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m5","2024-09-10","2024-09-10","fulfilled",1,1,["m5"],[],false,false,[["ALT","each"]],["chair_alternated","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.kallelse.m5','lokal',NULL,'overdue','2024-09-10',NULL,'["lokal.kallelse.m5","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m5","2024-05-11","2024-08-27","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.kallelse.plan','lokal',NULL,'pending','2024-09-11',NULL,'["lokal.kallelse.plan","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"plan","2024-09-11","2024-11-06","pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.anteckningar.m4','lokal','pending','overdue','2024-09-10',NULL,'["lokal.anteckningar.m4","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m4","2024-05-10","2024-09-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.anteckningar.m5','lokal',NULL,'pending','2024-09-10',NULL,'["lokal.anteckningar.m5","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m5","2024-09-10",null,"pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","open_without_date"],[],null]');
INSERT INTO "changes" VALUES(2,'lokal.umbrella.styrgrupp.2024-H2','lokal','pending','fulfilled','2024-09-10',NULL,'["lokal.umbrella.styrgrupp.2024-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,1,["m5"],[["plan","planned"]],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(3,'kommun-ort.lag.radet.2024-H2','kommun-ort','fulfilled','fulfilled','2024-09-10',NULL,'["kommun-ort.lag.radet.2024-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,1,["m5"],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(3,'lokal.moten.2024-Q4','lokal','pending','pending','2024-10-01',NULL,'["lokal.moten.2024-Q4","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q4","2024-10-01","2024-12-31"],null,"2024-10-01","2024-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(3,'lokal.ordforande.m2','lokal','fulfilled','fulfilled','2024-03-12',NULL,'["lokal.ordforande.m2","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-11","2024-03-11","fulfilled",1,1,["m2"],[],false,false,[["ALT","each"]],["first_in_sequence","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(3,'lokal.kallelse.m2','lokal','overdue','overdue','2024-03-11',NULL,'["lokal.kallelse.m2","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-01","2024-02-26","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(3,'lokal.kallelse.m3','lokal','overdue','overdue','2024-04-10',NULL,'["lokal.kallelse.m3","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m3","2024-03-12","2024-03-27","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(3,'lokal.kallelse.plan','lokal','pending','withdrawn','2024-11-02','trigger_withdrawn',NULL);
INSERT INTO "changes" VALUES(3,'lokal.anteckningar.m2','lokal','overdue','overdue','2024-04-10',NULL,'["lokal.anteckningar.m2","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-11","2024-04-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(3,'lokal.umbrella.styrgrupp.2024-H2','lokal','fulfilled','fulfilled','2024-09-10',NULL,'["lokal.umbrella.styrgrupp.2024-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,1,["m5"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(4,'kommun-ort.lag.lagesbild.2024','kommun-ort','pending','overdue','2025-01-01',NULL,'["kommun-ort.lag.lagesbild.2024","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2024","2024-06-01","2024-12-31"],null,"2024-06-01","2024-12-31","overdue",1,0,[],[],true,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'kommun-ort.lag.lagesbild.2025','kommun-ort','pending','pending','2025-01-01',NULL,'["kommun-ort.lag.lagesbild.2025","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(4,'kommun-ort.lag.lagesbild.2026','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.lagesbild.2026","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2026","2026-01-01","2026-12-31"],null,"2026-01-01","2026-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(4,'kommun-ort.lag.radet.2024-H2','kommun-ort','fulfilled','fulfilled','2025-01-01',NULL,'["kommun-ort.lag.radet.2024-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,3,["m5","fram","efter"],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(4,'kommun-ort.lag.radet.2025-H1','kommun-ort','pending','pending','2025-01-01',NULL,'["kommun-ort.lag.radet.2025-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(4,'kommun-ort.lag.radet.2026-H1','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.radet.2026-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2026-H1","2026-01-01","2026-06-30"],null,"2026-01-01","2026-06-30","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.moten.2024-Q4','lokal','pending','fulfilled','2025-01-01',NULL,'["lokal.moten.2024-Q4","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-Q4","2024-10-01","2024-12-31"],null,"2024-10-01","2024-12-31","fulfilled",1,2,["fram","efter"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.moten.2025-Q1','lokal','pending','pending','2025-01-01',NULL,'["lokal.moten.2025-Q1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q1","2025-01-01","2025-03-31"],null,"2025-01-01","2025-03-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.moten.2026-Q1','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2026-Q1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2026-Q1","2026-01-01","2026-03-31"],null,"2026-01-01","2026-03-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.ordforande.fram','lokal',NULL,'pending','2024-12-02',NULL,'["lokal.ordforande.fram","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"fram","2024-12-01","2024-12-01","pending",1,0,[],[["fram","attribute_missing"]],false,false,[["ALT","each"]],["chair_unrecorded","whole_period_in_term","duty_applies","decisive_detail_missing"],["asks_attribute"],null]');
INSERT INTO "changes" VALUES(4,'lokal.ordforande.efter','lokal',NULL,'pending','2024-12-04',NULL,'["lokal.ordforande.efter","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"efter","2024-12-03","2024-12-03","pending",1,0,[],[["efter","attribute_missing"]],false,false,[["ALT","each"]],["chair_unrecorded","whole_period_in_term","duty_applies","decisive_detail_missing"],["asks_attribute"],null]');
INSERT INTO "changes" VALUES(4,'lokal.revideras.2024','lokal','pending','overdue','2025-01-01',NULL,'["lokal.revideras.2024","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2024","2024-03-01","2024-12-31"],null,"2024-03-01","2024-12-31","overdue",1,0,[],[],true,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.revideras.2025','lokal','pending','pending','2025-01-01',NULL,'["lokal.revideras.2025","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.revideras.2026','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.revideras.2026","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2026","2026-01-01","2026-12-31"],null,"2026-01-01","2026-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.bilaggs.2024-H2','lokal','pending','overdue','2025-01-01',NULL,'["lokal.bilaggs.2024-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","overdue",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.bilaggs.2025-H1','lokal','pending','pending','2025-01-01',NULL,'["lokal.bilaggs.2025-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.bilaggs.2026-H1','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.bilaggs.2026-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2026-H1","2026-01-01","2026-06-30"],null,"2026-01-01","2026-06-30","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.kallelse.fram','lokal',NULL,'overdue','2024-12-01',NULL,'["lokal.kallelse.fram","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"fram","2024-09-11","2024-11-17","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.kallelse.efter','lokal',NULL,'overdue','2024-12-03',NULL,'["lokal.kallelse.efter","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"efter","2024-12-02","2024-11-19","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.anteckningar.m5','lokal','pending','overdue','2024-12-01',NULL,'["lokal.anteckningar.m5","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m5","2024-09-10","2024-11-24","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.anteckningar.fram','lokal',NULL,'overdue','2024-12-03',NULL,'["lokal.anteckningar.fram","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"fram","2024-12-01","2024-11-26","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.anteckningar.efter','lokal',NULL,'pending','2024-12-03',NULL,'["lokal.anteckningar.efter","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"efter","2024-12-03",null,"pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","open_without_date"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.datum.2025','lokal','pending','at_risk','2025-01-01',NULL,'["lokal.datum.2025","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-01-31","at_risk",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.datum.2026','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.datum.2026","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2026","2026-01-01","2026-12-31"],null,"2026-01-01","2026-01-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.umbrella.styrgrupp.2024-H2','lokal','fulfilled','fulfilled','2025-01-01',NULL,'["lokal.umbrella.styrgrupp.2024-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,3,["m5","fram","efter"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(4,'lokal.umbrella.styrgrupp.2025-H1','lokal','pending','pending','2025-01-01',NULL,'["lokal.umbrella.styrgrupp.2025-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(5,'lokal.moten.2025-Q1','lokal','pending','at_risk','2025-03-01',NULL,'["lokal.moten.2025-Q1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q1","2025-01-01","2025-03-31"],null,"2025-01-01","2025-03-31","at_risk",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(5,'lokal.datum.2025','lokal','at_risk','overdue','2025-02-01',NULL,'["lokal.datum.2025","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-01-31","overdue",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(6,'lokal.moten.2025-Q1','lokal','at_risk','overdue','2025-04-01',NULL,'["lokal.moten.2025-Q1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q1","2025-01-01","2025-03-31"],null,"2025-01-01","2025-03-31","overdue",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(6,'lokal.moten.2025-Q2','lokal','pending','pending','2025-04-01',NULL,'["lokal.moten.2025-Q2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q2","2025-04-01","2025-06-30"],null,"2025-04-01","2025-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(6,'lokal.moten.2026-Q2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2026-Q2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2026-Q2","2026-04-01","2026-06-30"],null,"2026-04-01","2026-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(7,'kommun-ort.lag.radet.2025-H1','kommun-ort','pending','at_risk','2025-05-31',NULL,'["kommun-ort.lag.radet.2025-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","at_risk",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(7,'lokal.moten.2025-Q2','lokal','pending','at_risk','2025-05-31',NULL,'["lokal.moten.2025-Q2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-Q2","2025-04-01","2025-06-30"],null,"2025-04-01","2025-06-30","at_risk",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(7,'lokal.bilaggs.2025-H1','lokal','pending','at_risk','2025-05-31',NULL,'["lokal.bilaggs.2025-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","at_risk",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(7,'lokal.umbrella.styrgrupp.2025-H1','lokal','pending','at_risk','2025-05-31',NULL,'["lokal.umbrella.styrgrupp.2025-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","at_risk",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(7,'umbrella.samrad.term-1','umbrella','pending','at_risk','2025-05-31',NULL,'["umbrella.samrad.term-1","umbrella","umbrella","samrad",["x.txt","2",null],"obligation",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01","2025-06-30","at_risk",1,0,[],[],false,true,[["SAMRAD","both"],["SEXMAN","clip"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(8,'lokal.moten.2024-H1','lokal',NULL,'fulfilled','2024-07-01',NULL,'["lokal.moten.2024-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-H1","2024-03-01","2024-06-30"],null,"2024-03-01","2024-06-30","fulfilled",1,3,["m2","m3","m4"],[],true,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(8,'lokal.moten.2024-H2','lokal',NULL,'fulfilled','2025-01-01',NULL,'["lokal.moten.2024-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,3,["m5","fram","efter"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(8,'lokal.moten.2025-H1','lokal',NULL,'at_risk','2025-05-31',NULL,'["lokal.moten.2025-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","at_risk",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_soon"],[],null]');
INSERT INTO "changes" VALUES(8,'lokal.moten.2025-H2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2025-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(8,'lokal.moten.2026-H1','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2026-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2026-H1","2026-01-01","2026-06-30"],null,"2026-01-01","2026-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(8,'lokal.moten.2024-Q1','lokal','not_applicable','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2024-Q2','lokal','fulfilled','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2024-Q3','lokal','fulfilled','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2024-Q4','lokal','fulfilled','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2025-Q1','lokal','overdue','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2025-Q2','lokal','at_risk','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2025-Q3','lokal','pending','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2025-Q4','lokal','pending','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2026-Q1','lokal','pending','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(8,'lokal.moten.2026-Q2','lokal','pending','withdrawn','2025-06-20','rules_changed',NULL);
INSERT INTO "changes" VALUES(9,'kommun-ort.lag.radet.2025-H1','kommun-ort','at_risk','overdue','2025-07-01',NULL,'["kommun-ort.lag.radet.2025-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(9,'kommun-ort.lag.radet.2025-H2','kommun-ort','pending','pending','2025-07-01',NULL,'["kommun-ort.lag.radet.2025-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(9,'kommun-ort.lag.radet.2026-H2','kommun-ort',NULL,'pending','2024-06-01',NULL,'["kommun-ort.lag.radet.2026-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2026-H2","2026-07-01","2026-12-31"],null,"2026-07-01","2026-12-31","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.moten.2025-H1','lokal','at_risk','overdue','2025-07-01',NULL,'["lokal.moten.2025-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.moten.2025-H2','lokal','pending','pending','2025-07-01',NULL,'["lokal.moten.2025-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.moten.2026-H2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.moten.2026-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2026-H2","2026-07-01","2026-12-31"],null,"2026-07-01","2026-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.revideras.2025','lokal','pending','fulfilled','2025-06-30',NULL,'["lokal.revideras.2025","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","fulfilled",1,1,["sen"],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.bilaggs.2025-H1','lokal','at_risk','overdue','2025-07-01',NULL,'["lokal.bilaggs.2025-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.bilaggs.2025-H2','lokal','pending','pending','2025-07-01',NULL,'["lokal.bilaggs.2025-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.bilaggs.2026-H2','lokal',NULL,'pending','2024-03-01',NULL,'["lokal.bilaggs.2026-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2026-H2","2026-07-01","2026-12-31"],null,"2026-07-01","2026-12-31","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.umbrella.styrgrupp.2025-H1','lokal','at_risk','overdue','2025-07-01',NULL,'["lokal.umbrella.styrgrupp.2025-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(9,'lokal.umbrella.styrgrupp.2025-H2','lokal','pending','pending','2025-07-01',NULL,'["lokal.umbrella.styrgrupp.2025-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "changes" VALUES(9,'umbrella.samrad.term-1','umbrella','at_risk','overdue','2025-07-01',NULL,'["umbrella.samrad.term-1","umbrella","umbrella","samrad",["x.txt","2",null],"obligation",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01","2025-06-30","overdue",1,0,[],[],false,true,[["SAMRAD","both"],["SEXMAN","clip"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "changes" VALUES(9,'umbrella.forlangning.term-1','umbrella','pending','not_applicable','2024-01-01','condition_not_met','["umbrella.forlangning.term-1","umbrella","umbrella","forlangning",["x.txt","2",null],"power",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01",null,"not_applicable",0,0,[],[],false,false,[],["whole_period_in_term","condition_not_met"],[],"condition_not_met"]');
CREATE TABLE clock_turns (
    arrival INTEGER PRIMARY KEY REFERENCES facts (arrival),
    recorded TEXT NOT NULL
) STRICT;
INSERT INTO "clock_turns" VALUES(10,'2025-01-04T11:00:00+01:00');
CREATE TABLE "facts" (
   "arrival" INTEGER PRIMARY KEY,
   "id" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "agreement" TEXT NOT NULL,
   "date" TEXT NOT NULL,
   "precision" TEXT NOT NULL,
   "recorded" TEXT NOT NULL,
   "recorder" TEXT,
   "attributes" TEXT NOT NULL,
   "hash" TEXT NOT NULL
) STRICT;
INSERT INTO "facts" VALUES(1,'m1','meeting_held','lokal','2024-02-10','day','2024-06-01T12:00:00+02:00','samordnare','{"body":"local_steering_group","chair":"ordförande 1"}','0f24f9f14ca2be3206433c07b6b33e183e87ec699aff52530774a4319c2c86cd');
INSERT INTO "facts" VALUES(2,'m2','meeting_held','lokal','2024-03-10','day','2024-06-01T12:00:00+02:00','samordnare','{"body":"local_steering_group","chair":"ordförande 2"}','ef25fc365765070b48aa328e4a2e14ded3645ed8394ee8c2aabbae7e8cad776d');
INSERT INTO "facts" VALUES(3,'m3','meeting_held','lokal','2024-04-10','day','2024-06-01T12:00:00+02:00','samordnare','{"body":"local_steering_group","chair":"ordförande 3"}','330f92656b3d4dceb8917ea33ddfc6ccea4b4c020c9e434419f15a2c00507195');
INSERT INTO "facts" VALUES(4,'m4','meeting_held','lokal','2024-05-10','day','2024-06-01T12:00:00+02:00','samordnare','{"body":"local_steering_group","chair":"ordförande 4"}','d41ca68ef576208d7d54bd49004a7987eb419f24ee11842fa349628857b48c48');
INSERT INTO "facts" VALUES(5,'m5','meeting_held','lokal','2024-09-10','day','2024-10-01T12:00:00+02:00','polisen\ab123','{"body":"local_steering_group","chair":"ordförande 5"}','3fbcfef6c439bac125da4951cc42ba17862f616a270c92cb8a0660f2f91a34b5');
INSERT INTO "facts" VALUES(6,'plan','meeting_scheduled','lokal','2024-11-20','day','2024-10-01T12:00:00+02:00','samordnare','{"body":"local_steering_group","document":"kallelse dnr POL-2024/117 \"utkast\" ","site":"Torget"}','feeafabe6f78e9ce8d063647eb48817e70e458921fab29a05d44400ed81b1711');
INSERT INTO "facts" VALUES(7,'rattelse','record_corrected','lokal','2024-11-01','day','2024-11-01T11:00:00+01:00','samordnare','{"reason":"fel i protokollet","set":{"chair":"en annan ordförande","date":"2024-03-11"},"target":"m2"}','c5197b54fb8323352d356941fcf184706516b3d70221f4b10fd2825f081bc7fa');
INSERT INTO "facts" VALUES(8,'bort','record_retracted','lokal','2024-11-01','day','2024-11-01T11:00:00+01:00','samordnare','{"reason":"mötet ställdes in","target":"plan"}','f711855c0198c0c6bed38a650803d4d88e9ec5c571269e38c78e76cc16b59bc8');
INSERT INTO "facts" VALUES(9,'fram','meeting_held','lokal','2024-12-01','day','2031-01-01T11:00:00+01:00','samordnare','{"body":"local_steering_group"}','c31f9fe8b5f2b809ba1fe43478c9f510ebdc03f735283c04d4c9102f4e22d1c7');
INSERT INTO "facts" VALUES(10,'efter','meeting_held','lokal','2024-12-03','day','2025-01-04T11:00:00+01:00','samordnare','{"body":"local_steering_group"}','14e47c9500b734df68f1f0325104fbc07aea84bfb404dd69ff0b5f6c9b979644');
INSERT INTO "facts" VALUES(11,'sen','agreement_revised','lokal','2025-06-30','day','2025-07-01T12:00:00+02:00','samordnare','{"form":"skriftlig"}','e0e4896085f3d898a82f09a36896104984183aff36e57c7eaab2f2a3a0edf110');
CREATE TABLE findings (
    agreement TEXT,
    code TEXT NOT NULL,
    fact TEXT,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "findings" VALUES('lokal','clock_ahead','fram','Registreringen har tiden 2031-01-01 kl. 11:00, men det som kom in senare har tidigare tider: datorns klocka gick före. Den räknas som känd 2025-01-04');
CREATE TABLE instruments (
    agreement TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    spans TEXT NOT NULL,
    until TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO "instruments" VALUES('kommun-ort','["kommun-ort", "in_force", "2024-06-01", null, "lag", []]','["Span(start=datetime.date(2024, 6, 1), end=datetime.date(9999, 12, 31), planned_end=datetime.date(9999, 12, 31), number=1, basis=''term'', fact=None, ended=None)", "None"]',NULL);
INSERT INTO "instruments" VALUES('lag','["lag", "in_force", "2024-06-01", null, null, []]','["Span(start=datetime.date(2024, 6, 1), end=datetime.date(9999, 12, 31), planned_end=datetime.date(9999, 12, 31), number=1, basis=''term'', fact=None, ended=None)", "None"]',NULL);
INSERT INTO "instruments" VALUES('lokal','["lokal", "in_force", "2024-03-01", null, "umbrella", []]','["Span(start=datetime.date(2024, 3, 1), end=datetime.date(9999, 12, 31), planned_end=datetime.date(9999, 12, 31), number=1, basis=''term'', fact=None, ended=None)", "None"]','2025-12-31');
INSERT INTO "instruments" VALUES('umbrella','["umbrella", "in_force", "2024-01-01", "2025-12-31", null, []]','["Span(start=datetime.date(2024, 1, 1), end=datetime.date(2025, 12, 31), planned_end=datetime.date(2025, 12, 31), number=1, basis=''term'', fact=None, ended=None)", "None"]','2025-12-31');
CREATE TABLE rule_folders (
    place INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
) STRICT
;
INSERT INTO "rule_folders" VALUES(1,'/regler/egna');
CREATE TABLE rule_texts (
    sha256 TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "rule_texts" VALUES('3948aee1672f8215a99e1e84c6b66f37a9ae91e2cbb2d1c8a2426daf973b4b8e','
instrument: lag
title: Lag (påhittad)
level: statute
document: x.txt
term: {from: 2024-06-01}
clauses:
  lagesbild: {at: {section: "6"}, norm: shall, per: municipality, when: {each: year},
    what: {document_revised: {document: lägesbild}}}
  radet: {at: {section: "10"}, norm: shall, per: municipality, when: {each: half_year},
    what: {meeting_held: {body: local_steering_group}}}
');
INSERT INTO "rule_texts" VALUES('612ac6279d84e4dbd8dfb3689115fb8751852ecba36da773b43410b146239222','
instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
municipality: Ort
parties: [kommunen, polisen]
under: umbrella
term: {from: 2024-03-01}
annexes: {1: lägesbild}
clauses:
  moten: {at: {section: "1"}, norm: shall, when: {each: quarter}, what: {meeting_held: {body: local_steering_group}}}
  ordforande: {at: {section: "1"}, norm: shall, when: {each: {meeting_held: {body: local_steering_group}}, due: event},
    what: {itself: {chair: alternating}}}
  plats: {at: {section: "1"}, norm: shall, per: site, what: {meeting_held: {body: site_group}},
    when: {each: month, from: {site_collab_started: {}}, until: {site_collab_ended: {}}}}
  revideras: {at: {section: "2"}, norm: shall, when: {each: year}, what: {agreement_revised: {}},
    given: {in_force: superior}}
  bilaggs: {at: {section: "3"}, norm: shall, when: {each: half_year},
    what: {annex_attached: {annex: lägesbild, version: {met: beslutas}}}}
  beslutas: {at: {section: "3"}, norm: shall,
    when: {each: {document_revised: {document: lägesbild}}, due: 30 days after event},
    what: {decision_made: {body: local_steering_group, concerns: same}}}
  skriftligt: {at: {section: "3"}, norm: [shall, valid_if], when: {follows: beslutas, due: open},
    what: {decision_documented: {decision: same}}}
  kallelse: {at: {section: "1"}, norm: shall, what: {meeting_convened: {meeting_date: same}},
    when: {each: {meeting: {body: local_steering_group}}, due: 14 days before event}}
  anteckningar: {at: {section: "1"}, norm: shall, what: {minutes_distributed: {meeting: same}},
    when: {each: {meeting_held: {body: local_steering_group}}, due: 7 days before next}}
  bevis: {at: {section: "6"}, norm: shall, when: {each: {demand_sent: {}}, due: 5 days after event},
    what: {rectification_done: {}}}
  uttrade: {at: {section: "6"}, norm: may, when: {each: {demand_sent: {}}, due: open}, given: {missed: bevis},
    what: {withdrawal_requested: {}}, effect: {ends: 10 days after event}}
  datum: {at: {section: "4"}, norm: shall, when: {each: year, due: 01-31}, what: {dates_proposed: {}}}
  roster: {at: {section: "5"}, norm: shall, when: always, what: {role_assigned: {body: local_steering_group}},
    including: [{role: kommunpolis}, {role: stadsdelsdirektör}]}
');
INSERT INTO "rule_texts" VALUES('80801f71057d6eaccb945596d3a1320c97f2e82dcc59d7b0dcc45f1abf6ccbcc','
instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
municipality: Ort
parties: [kommunen, polisen]
under: umbrella
term: {from: 2024-03-01}
annexes: {1: lägesbild}
clauses:
  moten: {at: {section: "1"}, norm: shall, when: {each: half_year}, what: {meeting_held: {body: local_steering_group}}}
  ordforande: {at: {section: "1"}, norm: shall, when: {each: {meeting_held: {body: local_steering_group}}, due: event},
    what: {itself: {chair: alternating}}}
  plats: {at: {section: "1"}, norm: shall, per: site, what: {meeting_held: {body: site_group}},
    when: {each: month, from: {site_collab_started: {}}, until: {site_collab_ended: {}}}}
  revideras: {at: {section: "2"}, norm: shall, when: {each: year}, what: {agreement_revised: {}},
    given: {in_force: superior}}
  bilaggs: {at: {section: "3"}, norm: shall, when: {each: half_year},
    what: {annex_attached: {annex: lägesbild, version: {met: beslutas}}}}
  beslutas: {at: {section: "3"}, norm: shall,
    when: {each: {document_revised: {document: lägesbild}}, due: 30 days after event},
    what: {decision_made: {body: local_steering_group, concerns: same}}}
  skriftligt: {at: {section: "3"}, norm: [shall, valid_if], when: {follows: beslutas, due: open},
    what: {decision_documented: {decision: same}}}
  kallelse: {at: {section: "1"}, norm: shall, what: {meeting_convened: {meeting_date: same}},
    when: {each: {meeting: {body: local_steering_group}}, due: 14 days before event}}
  anteckningar: {at: {section: "1"}, norm: shall, what: {minutes_distributed: {meeting: same}},
    when: {each: {meeting_held: {body: local_steering_group}}, due: 7 days before next}}
  bevis: {at: {section: "6"}, norm: shall, when: {each: {demand_sent: {}}, due: 5 days after event},
    what: {rectification_done: {}}}
  uttrade: {at: {section: "6"}, norm: may, when: {each: {demand_sent: {}}, due: open}, given: {missed: bevis},
    what: {withdrawal_requested: {}}, effect: {ends: 10 days after event}}
  datum: {at: {section: "4"}, norm: shall, when: {each: year, due: 01-31}, what: {dates_proposed: {}}}
  roster: {at: {section: "5"}, norm: shall, when: always, what: {role_assigned: {body: local_steering_group}},
    including: [{role: kommunpolis}, {role: stadsdelsdirektör}]}
');
INSERT INTO "rule_texts" VALUES('b29ad1d79c81c100e3fc9c4d4f5e3636cca2a35daa27813e7369d5395aa52068','
instrument: umbrella
title: Övergripande (påhittad)
level: superior
document: x.txt
parties: [staden, polisen]
term: {from: 2024-01-01, to: 2025-12-31}
clauses:
  samrad: {at: {section: "2"}, norm: shall, when: {each: term, due: 6 months before end},
    what: {consultation_held: {subject: förlängning, parties: both}}}
  forlangning: {at: {section: "2"}, norm: may, when: {each: term, due: end}, what: {extension_agreed: {}},
    given: {met: samrad}, effect: {extends: 1 years}}
  uppsagning: {at: {section: "4"}, norm: may, when: once, what: {withdrawal_requested: {}},
    effect: {ends: 30 days after event}}
  styrgrupp: {at: {section: "3"}, norm: shall, per: local_agreement, when: {each: half_year},
    what: {meeting_held: {body: local_steering_group}}}
');
CREATE TABLE rulebooks (
    digest TEXT NOT NULL,
    instrument TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES rule_texts (sha256),
    PRIMARY KEY (digest, instrument)
) STRICT, WITHOUT ROWID;
INSERT INTO "rulebooks" VALUES('a70fdfb5fb4f6e27','lag','3948aee1672f8215a99e1e84c6b66f37a9ae91e2cbb2d1c8a2426daf973b4b8e');
INSERT INTO "rulebooks" VALUES('a70fdfb5fb4f6e27','lokal','80801f71057d6eaccb945596d3a1320c97f2e82dcc59d7b0dcc45f1abf6ccbcc');
INSERT INTO "rulebooks" VALUES('a70fdfb5fb4f6e27','umbrella','b29ad1d79c81c100e3fc9c4d4f5e3636cca2a35daa27813e7369d5395aa52068');
INSERT INTO "rulebooks" VALUES('d323dfd26dbdea77','lag','3948aee1672f8215a99e1e84c6b66f37a9ae91e2cbb2d1c8a2426daf973b4b8e');
INSERT INTO "rulebooks" VALUES('d323dfd26dbdea77','lokal','612ac6279d84e4dbd8dfb3689115fb8751852ecba36da773b43410b146239222');
INSERT INTO "rulebooks" VALUES('d323dfd26dbdea77','umbrella','b29ad1d79c81c100e3fc9c4d4f5e3636cca2a35daa27813e7369d5395aa52068');
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    as_of TEXT NOT NULL,
    known_at TEXT,
    rulebook TEXT NOT NULL,
    rulesets TEXT NOT NULL,
    head INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('full', 'incremental')),
    judged INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    not_evaluated INTEGER NOT NULL
) STRICT;
INSERT INTO "runs" VALUES(1,'2024-07-05T04:15:00+01:00','2024-07-05',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',4,'d41ca68ef576208d7d54bd49004a7987eb419f24ee11842fa349628857b48c48','full',38,38,0);
INSERT INTO "runs" VALUES(2,'2024-10-02T04:15:00+01:00','2024-10-02',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',6,'feeafabe6f78e9ce8d063647eb48817e70e458921fab29a05d44400ed81b1711','incremental',29,10,0);
INSERT INTO "runs" VALUES(3,'2024-11-02T04:15:00+01:00','2024-11-02',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',8,'f711855c0198c0c6bed38a650803d4d88e9ec5c571269e38c78e76cc16b59bc8','incremental',28,8,0);
INSERT INTO "runs" VALUES(4,'2025-01-05T04:15:00+01:00','2025-01-05',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',10,'14e47c9500b734df68f1f0325104fbc07aea84bfb404dd69ff0b5f6c9b979644','incremental',50,26,0);
INSERT INTO "runs" VALUES(5,'2025-03-01T04:15:00+01:00','2025-03-01',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',10,'14e47c9500b734df68f1f0325104fbc07aea84bfb404dd69ff0b5f6c9b979644','incremental',12,2,0);
INSERT INTO "runs" VALUES(6,'2025-04-02T04:15:00+01:00','2025-04-02',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',10,'14e47c9500b734df68f1f0325104fbc07aea84bfb404dd69ff0b5f6c9b979644','incremental',10,3,0);
INSERT INTO "runs" VALUES(7,'2025-06-20T04:15:00+01:00','2025-06-20',NULL,'d323dfd26dbdea77','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',10,'14e47c9500b734df68f1f0325104fbc07aea84bfb404dd69ff0b5f6c9b979644','incremental',26,5,0);
INSERT INTO "runs" VALUES(8,'2025-07-02T04:15:00+01:00','2025-06-20',NULL,'a70fdfb5fb4f6e27','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',10,'14e47c9500b734df68f1f0325104fbc07aea84bfb404dd69ff0b5f6c9b979644','full',50,15,0);
INSERT INTO "runs" VALUES(9,'2025-07-02T04:15:00+01:00','2025-07-02',NULL,'a70fdfb5fb4f6e27','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',11,'e0e4896085f3d898a82f09a36896104984183aff36e57c7eaab2f2a3a0edf110','incremental',27,14,0);
INSERT INTO "runs" VALUES(10,'2025-07-03T04:15:00+01:00','2025-07-03',NULL,'a70fdfb5fb4f6e27','2:1c8b475e00a3db9c7dc73ef391181a2e0eac6048c4266e2c44fd07a6434fe801',11,'e0e4896085f3d898a82f09a36896104984183aff36e57c7eaab2f2a3a0edf110','full',53,0,0);
CREATE TABLE "schema_version" (
   "number" INTEGER PRIMARY KEY,
   "name" TEXT NOT NULL
) STRICT;
INSERT INTO "schema_version" VALUES(1,'facts');
INSERT INTO "schema_version" VALUES(2,'runs');
INSERT INTO "schema_version" VALUES(3,'calendars');
INSERT INTO "schema_version" VALUES(4,'proofs');
INSERT INTO "schema_version" VALUES(5,'calendars until');
INSERT INTO "schema_version" VALUES(6,'clock turns');
INSERT INTO "schema_version" VALUES(7,'rule folders');
CREATE TABLE seals (
    run INTEGER PRIMARY KEY REFERENCES runs (id),
    hash TEXT NOT NULL
) STRICT
;
INSERT INTO "seals" VALUES(1,'bca3ada25832346673ab4afc54278594d2aa191a5e9d738d8e731e9dbdc6cfbf');
INSERT INTO "seals" VALUES(2,'34ff585c53ccb3f3e642c50c3d14b34109efeba8bb7342df674ad00a8b4d7ba1');
INSERT INTO "seals" VALUES(3,'ed73c84b052f122404c82b1010934c95e4ef0aa835001a941964112a47474e5c');
INSERT INTO "seals" VALUES(4,'a3397a672e9cd7aaa68baefe58d1efa204f0ebfc8d6b49130a51e06c90044a6c');
INSERT INTO "seals" VALUES(5,'cdafa9c89f3ad4712ce1ca429ef1dc3a99730e794f50d4dd75b6fa98ff0fbbe3');
INSERT INTO "seals" VALUES(6,'aa71425aeb3d3438b24b20d7ed810495de8ed56cd96ba0c6fe1c7d6d11a7c214');
INSERT INTO "seals" VALUES(7,'2a87982e3d2aa6e7a32af935a5b2654af9ac5f5e9ce8ee8360c2e9bb4df91598');
INSERT INTO "seals" VALUES(8,'8f4f384afefb8002e7957549889c8ee4adfe9fd89ed21437e81215069d8ae6f9');
INSERT INTO "seals" VALUES(9,'f7cd4445bbb42913b9bf7a346dbeafdae0ebd36e2e0f66575071376fd1808061');
INSERT INTO "seals" VALUES(10,'97d5a4a2068377f84f11e0a9ed481f7f9e15b3c56fcc15369b1744d992d1318b');
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    holder TEXT NOT NULL,
    feeds TEXT NOT NULL,
    alarm INTEGER NOT NULL CHECK (alarm IN (0, 1)),
    detailed INTEGER NOT NULL CHECK (detailed IN (0, 1)),
    created TEXT NOT NULL,
    revoked TEXT,
    last_fetched TEXT
) STRICT;
INSERT INTO "subscriptions" VALUES(1,'abababababababababababababababababababababababababababababababab','samordnare','["lokal"]',1,0,'2025-07-03T12:00:00+02:00',NULL,NULL);
CREATE TABLE verdicts (
    duty TEXT PRIMARY KEY,
    agreement TEXT NOT NULL,
    cell TEXT NOT NULL,
    status TEXT NOT NULL,
    due TEXT,
    since TEXT NOT NULL,
    until TEXT,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "verdicts" VALUES('kommun-ort.lag.lagesbild.2024','kommun-ort','lag/lagesbild','overdue','2024-12-31','2025-01-01',NULL,'["kommun-ort.lag.lagesbild.2024","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2024","2024-06-01","2024-12-31"],null,"2024-06-01","2024-12-31","overdue",1,0,[],[],true,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.lagesbild.2025','kommun-ort','lag/lagesbild','pending','2025-12-31','2025-01-01','2025-11-30','["kommun-ort.lag.lagesbild.2025","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.lagesbild.2026','kommun-ort','lag/lagesbild','pending','2026-12-31','2024-06-01','2025-12-31','["kommun-ort.lag.lagesbild.2026","kommun-ort","lag","lagesbild",["x.txt","6",null],"obligation",null,null,["2026","2026-01-01","2026-12-31"],null,"2026-01-01","2026-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.radet.2024-H1','kommun-ort','lag/radet','not_applicable',NULL,'2024-06-01',NULL,'["kommun-ort.lag.radet.2024-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H1","2024-06-01","2024-06-30"],null,"2024-06-01",null,"not_applicable",0,0,[],[],true,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_below_threshold"],[],"part_period_below_threshold"]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.radet.2024-H2','kommun-ort','lag/radet','fulfilled','2024-12-31','2025-01-01',NULL,'["kommun-ort.lag.radet.2024-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,3,["m5","fram","efter"],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.radet.2025-H1','kommun-ort','lag/radet','overdue','2025-06-30','2025-07-01',NULL,'["kommun-ort.lag.radet.2025-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.radet.2025-H2','kommun-ort','lag/radet','pending','2025-12-31','2025-07-01','2025-11-30','["kommun-ort.lag.radet.2025-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.radet.2026-H1','kommun-ort','lag/radet','pending','2026-06-30','2024-06-01','2025-12-31','["kommun-ort.lag.radet.2026-H1","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2026-H1","2026-01-01","2026-06-30"],null,"2026-01-01","2026-06-30","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('kommun-ort.lag.radet.2026-H2','kommun-ort','lag/radet','pending','2026-12-31','2024-06-01','2026-06-30','["kommun-ort.lag.radet.2026-H2","kommun-ort","lag","radet",["x.txt","10",null],"obligation",null,null,["2026-H2","2026-07-01","2026-12-31"],null,"2026-07-01","2026-12-31","pending",1,0,[],[],false,false,[["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.anteckningar.efter','lokal','lokal/anteckningar','pending',NULL,'2024-12-03',NULL,'["lokal.anteckningar.efter","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"efter","2024-12-03",null,"pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","open_without_date"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.anteckningar.fram','lokal','lokal/anteckningar','overdue','2024-11-26','2024-12-03',NULL,'["lokal.anteckningar.fram","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"fram","2024-12-01","2024-11-26","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.anteckningar.m2','lokal','lokal/anteckningar','overdue','2024-04-03','2024-04-10',NULL,'["lokal.anteckningar.m2","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-11","2024-04-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.anteckningar.m3','lokal','lokal/anteckningar','overdue','2024-05-03','2024-05-10',NULL,'["lokal.anteckningar.m3","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m3","2024-04-10","2024-05-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.anteckningar.m4','lokal','lokal/anteckningar','overdue','2024-09-03','2024-09-10',NULL,'["lokal.anteckningar.m4","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m4","2024-05-10","2024-09-03","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.anteckningar.m5','lokal','lokal/anteckningar','overdue','2024-11-24','2024-12-01',NULL,'["lokal.anteckningar.m5","lokal","lokal","anteckningar",["x.txt","1",null],"obligation",null,null,null,"m5","2024-09-10","2024-11-24","overdue",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.bilaggs.2024-H1','lokal','lokal/beslutas','overdue','2024-06-30','2024-07-01',NULL,'["lokal.bilaggs.2024-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2024-H1","2024-03-01","2024-06-30"],null,"2024-03-01","2024-06-30","overdue",1,0,[],[],true,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.bilaggs.2024-H2','lokal','lokal/beslutas','overdue','2024-12-31','2025-01-01',NULL,'["lokal.bilaggs.2024-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","overdue",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.bilaggs.2025-H1','lokal','lokal/beslutas','overdue','2025-06-30','2025-07-01',NULL,'["lokal.bilaggs.2025-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.bilaggs.2025-H2','lokal','lokal/beslutas','pending','2025-12-31','2025-07-01','2025-11-30','["lokal.bilaggs.2025-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.bilaggs.2026-H1','lokal','lokal/beslutas','pending','2026-06-30','2024-03-01','2025-12-31','["lokal.bilaggs.2026-H1","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2026-H1","2026-01-01","2026-06-30"],null,"2026-01-01","2026-06-30","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.bilaggs.2026-H2','lokal','lokal/beslutas','pending','2026-12-31','2024-03-01','2026-06-30','["lokal.bilaggs.2026-H2","lokal","lokal","bilaggs",["x.txt","3",null],"obligation",null,null,["2026-H2","2026-07-01","2026-12-31"],null,"2026-07-01","2026-12-31","pending",1,0,[],[],false,true,[["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.datum.2024','lokal','lokal/datum','not_applicable',NULL,'2024-03-01',NULL,'["lokal.datum.2024","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2024","2024-03-01","2024-12-31"],null,"2024-03-01",null,"not_applicable",0,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["outside_term"],[],"outside_term"]');
INSERT INTO "verdicts" VALUES('lokal.datum.2025','lokal','lokal/datum','overdue','2025-01-31','2025-02-01',NULL,'["lokal.datum.2025","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-01-31","overdue",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.datum.2026','lokal','lokal/datum','pending','2026-01-31','2024-03-01','2025-12-31','["lokal.datum.2026","lokal","lokal","datum",["x.txt","4",null],"obligation",null,null,["2026","2026-01-01","2026-12-31"],null,"2026-01-01","2026-01-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.kallelse.efter','lokal','lokal/kallelse','overdue','2024-11-19','2024-12-03',NULL,'["lokal.kallelse.efter","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"efter","2024-12-02","2024-11-19","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.kallelse.fram','lokal','lokal/kallelse','overdue','2024-11-17','2024-12-01',NULL,'["lokal.kallelse.fram","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"fram","2024-09-11","2024-11-17","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.kallelse.m2','lokal','lokal/kallelse','overdue','2024-02-26','2024-03-11',NULL,'["lokal.kallelse.m2","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-01","2024-02-26","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.kallelse.m3','lokal','lokal/kallelse','overdue','2024-03-27','2024-04-10',NULL,'["lokal.kallelse.m3","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m3","2024-03-12","2024-03-27","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.kallelse.m4','lokal','lokal/kallelse','overdue','2024-04-26','2024-05-10',NULL,'["lokal.kallelse.m4","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m4","2024-04-11","2024-04-26","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.kallelse.m5','lokal','lokal/kallelse','overdue','2024-08-27','2024-09-10',NULL,'["lokal.kallelse.m5","lokal","lokal","kallelse",["x.txt","1",null],"obligation",null,null,null,"m5","2024-05-11","2024-08-27","overdue",1,0,[],[],false,false,[],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.moten.2024-H1','lokal','lokal/moten','fulfilled','2024-06-30','2024-07-01',NULL,'["lokal.moten.2024-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-H1","2024-03-01","2024-06-30"],null,"2024-03-01","2024-06-30","fulfilled",1,3,["m2","m3","m4"],[],true,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.moten.2024-H2','lokal','lokal/moten','fulfilled','2024-12-31','2025-01-01',NULL,'["lokal.moten.2024-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,3,["m5","fram","efter"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.moten.2025-H1','lokal','lokal/moten','overdue','2025-06-30','2025-07-01',NULL,'["lokal.moten.2025-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.moten.2025-H2','lokal','lokal/moten','pending','2025-12-31','2025-07-01','2025-11-30','["lokal.moten.2025-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.moten.2026-H1','lokal','lokal/moten','pending','2026-06-30','2024-03-01','2025-12-31','["lokal.moten.2026-H1","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2026-H1","2026-01-01","2026-06-30"],null,"2026-01-01","2026-06-30","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.moten.2026-H2','lokal','lokal/moten','pending','2026-12-31','2024-03-01','2026-06-30','["lokal.moten.2026-H2","lokal","lokal","moten",["x.txt","1",null],"obligation",null,null,["2026-H2","2026-07-01","2026-12-31"],null,"2026-07-01","2026-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.ordforande.efter','lokal','lokal/ordforande','pending','2024-12-03','2024-12-04',NULL,'["lokal.ordforande.efter","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"efter","2024-12-03","2024-12-03","pending",1,0,[],[["efter","attribute_missing"]],false,false,[["ALT","each"]],["chair_unrecorded","whole_period_in_term","duty_applies","decisive_detail_missing"],["asks_attribute"],null]');
INSERT INTO "verdicts" VALUES('lokal.ordforande.fram','lokal','lokal/ordforande','pending','2024-12-01','2024-12-02',NULL,'["lokal.ordforande.fram","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"fram","2024-12-01","2024-12-01","pending",1,0,[],[["fram","attribute_missing"]],false,false,[["ALT","each"]],["chair_unrecorded","whole_period_in_term","duty_applies","decisive_detail_missing"],["asks_attribute"],null]');
INSERT INTO "verdicts" VALUES('lokal.ordforande.m2','lokal','lokal/ordforande','fulfilled','2024-03-11','2024-03-12',NULL,'["lokal.ordforande.m2","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m2","2024-03-11","2024-03-11","fulfilled",1,1,["m2"],[],false,false,[["ALT","each"]],["first_in_sequence","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.ordforande.m3','lokal','lokal/ordforande','fulfilled','2024-04-10','2024-04-11',NULL,'["lokal.ordforande.m3","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m3","2024-04-10","2024-04-10","fulfilled",1,1,["m3"],[],false,false,[["ALT","each"]],["chair_alternated","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.ordforande.m4','lokal','lokal/ordforande','fulfilled','2024-05-10','2024-05-11',NULL,'["lokal.ordforande.m4","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m4","2024-05-10","2024-05-10","fulfilled",1,1,["m4"],[],false,false,[["ALT","each"]],["chair_alternated","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.ordforande.m5','lokal','lokal/ordforande','fulfilled','2024-09-10','2024-09-11',NULL,'["lokal.ordforande.m5","lokal","lokal","ordforande",["x.txt","1",null],"obligation",null,null,null,"m5","2024-09-10","2024-09-10","fulfilled",1,1,["m5"],[],false,false,[["ALT","each"]],["chair_alternated","whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.revideras.2024','lokal','lokal/revideras','overdue','2024-12-31','2025-01-01',NULL,'["lokal.revideras.2024","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2024","2024-03-01","2024-12-31"],null,"2024-03-01","2024-12-31","overdue",1,0,[],[],true,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.revideras.2025','lokal','lokal/revideras','fulfilled','2025-12-31','2025-06-30','2025-11-30','["lokal.revideras.2025","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2025","2025-01-01","2025-12-31"],null,"2025-01-01","2025-12-31","fulfilled",1,1,["sen"],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.revideras.2026','lokal','lokal/revideras','pending','2026-12-31','2024-03-01','2025-12-31','["lokal.revideras.2026","lokal","lokal","revideras",["x.txt","2",null],"obligation",null,null,["2026","2026-01-01","2026-12-31"],null,"2026-01-01","2026-12-31","pending",1,0,[],[],false,true,[["AR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","not_yet_open"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.roster','lokal','lokal/roster','pending',NULL,'2024-03-01',NULL,'["lokal.roster","lokal","lokal","roster",["x.txt","5",null],"obligation",null,null,null,null,"2024-03-01",null,"pending",2,0,[],[],false,true,[],["whole_period_in_term","duty_applies","open_without_date"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.umbrella.styrgrupp.2024-H1','lokal','umbrella/styrgrupp','fulfilled','2024-06-30','2024-07-01',NULL,'["lokal.umbrella.styrgrupp.2024-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H1","2024-03-01","2024-06-30"],null,"2024-03-01","2024-06-30","fulfilled",1,3,["m2","m3","m4"],[],true,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["part_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.umbrella.styrgrupp.2024-H2','lokal','umbrella/styrgrupp','fulfilled','2024-12-31','2025-01-01',NULL,'["lokal.umbrella.styrgrupp.2024-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2024-H2","2024-07-01","2024-12-31"],null,"2024-07-01","2024-12-31","fulfilled",1,3,["m5","fram","efter"],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","done_in_time"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.umbrella.styrgrupp.2025-H1','lokal','umbrella/styrgrupp','overdue','2025-06-30','2025-07-01',NULL,'["lokal.umbrella.styrgrupp.2025-H1","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H1","2025-01-01","2025-06-30"],null,"2025-01-01","2025-06-30","overdue",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('lokal.umbrella.styrgrupp.2025-H2','lokal','umbrella/styrgrupp','pending','2025-12-31','2025-07-01','2025-11-30','["lokal.umbrella.styrgrupp.2025-H2","lokal","umbrella","styrgrupp",["x.txt","3",null],"obligation",null,null,["2025-H2","2025-07-01","2025-12-31"],null,"2025-07-01","2025-12-31","pending",1,0,[],[],false,false,[["DUBBEL","both"],["DUBBLETT","body_day"],["FRAMTID","planned"],["HALVAR","calendar"],["SENT","documents"],["STUB","threshold"]],["whole_period_in_term","duty_applies","time_left"],[],null]');
INSERT INTO "verdicts" VALUES('umbrella.forlangning.term-1','umbrella','umbrella/samrad','not_applicable',NULL,'2024-01-01','2025-12-31','["umbrella.forlangning.term-1","umbrella","umbrella","forlangning",["x.txt","2",null],"power",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01",null,"not_applicable",0,0,[],[],false,false,[],["whole_period_in_term","condition_not_met"],[],"condition_not_met"]');
INSERT INTO "verdicts" VALUES('umbrella.samrad.term-1','umbrella','umbrella/samrad','overdue','2025-06-30','2025-07-01','2025-12-31','["umbrella.samrad.term-1","umbrella","umbrella","samrad",["x.txt","2",null],"obligation",null,null,["term-1","2024-01-01","2025-12-31"],null,"2024-01-01","2025-06-30","overdue",1,0,[],[],false,true,[["SAMRAD","both"],["SEXMAN","clip"]],["whole_period_in_term","duty_applies","due_day_passed"],[],null]');
INSERT INTO "verdicts" VALUES('umbrella.uppsagning','umbrella','umbrella/uppsagning','pending',NULL,'2024-01-01',NULL,'["umbrella.uppsagning","umbrella","umbrella","uppsagning",["x.txt","4",null],"power",null,null,null,null,"2024-01-01",null,"pending",1,0,[],[],false,true,[],["whole_period_in_term","duty_applies","right_available"],[],null]');
CREATE TABLE violation_history (
    run INTEGER NOT NULL REFERENCES runs (id),
    duty TEXT NOT NULL,
    life TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
INSERT INTO "violation_history" VALUES(1,'lokal.bilaggs.2024-H1','raised','2024-07-05');
INSERT INTO "violation_history" VALUES(1,'lokal.kallelse.m2','standing','2024-07-05');
INSERT INTO "violation_history" VALUES(1,'lokal.kallelse.m3','standing','2024-07-05');
INSERT INTO "violation_history" VALUES(1,'lokal.kallelse.m4','standing','2024-07-05');
INSERT INTO "violation_history" VALUES(1,'lokal.anteckningar.m2','raised','2024-07-05');
INSERT INTO "violation_history" VALUES(1,'lokal.anteckningar.m3','raised','2024-07-05');
INSERT INTO "violation_history" VALUES(2,'lokal.kallelse.m5','standing','2024-10-02');
INSERT INTO "violation_history" VALUES(2,'lokal.anteckningar.m4','raised','2024-10-02');
INSERT INTO "violation_history" VALUES(4,'kommun-ort.lag.lagesbild.2024','raised','2025-01-05');
INSERT INTO "violation_history" VALUES(4,'lokal.revideras.2024','raised','2025-01-05');
INSERT INTO "violation_history" VALUES(4,'lokal.bilaggs.2024-H2','raised','2025-01-05');
INSERT INTO "violation_history" VALUES(4,'lokal.kallelse.fram','standing','2025-01-05');
INSERT INTO "violation_history" VALUES(4,'lokal.kallelse.efter','standing','2025-01-05');
INSERT INTO "violation_history" VALUES(4,'lokal.anteckningar.m5','raised','2025-01-05');
INSERT INTO "violation_history" VALUES(4,'lokal.anteckningar.fram','raised','2025-01-05');
INSERT INTO "violation_history" VALUES(5,'lokal.datum.2025','raised','2025-03-01');
INSERT INTO "violation_history" VALUES(6,'lokal.moten.2025-Q1','standing','2025-04-02');
INSERT INTO "violation_history" VALUES(8,'lokal.moten.2025-Q1','annulled','2025-06-20');
INSERT INTO "violation_history" VALUES(9,'kommun-ort.lag.radet.2025-H1','standing','2025-07-02');
INSERT INTO "violation_history" VALUES(9,'lokal.moten.2025-H1','standing','2025-07-02');
INSERT INTO "violation_history" VALUES(9,'lokal.bilaggs.2025-H1','raised','2025-07-02');
INSERT INTO "violation_history" VALUES(9,'lokal.umbrella.styrgrupp.2025-H1','standing','2025-07-02');
INSERT INTO "violation_history" VALUES(9,'umbrella.samrad.term-1','raised','2025-07-02');
CREATE TABLE violations (
    duty TEXT PRIMARY KEY,
    agreement TEXT NOT NULL,
    life TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    known_on TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (id)
) STRICT, WITHOUT ROWID;
INSERT INTO "violations" VALUES('kommun-ort.lag.lagesbild.2024','kommun-ort','raised','2025-01-01','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('kommun-ort.lag.radet.2025-H1','kommun-ort','standing','2025-07-01','2025-07-02','2025-07-02',9);
INSERT INTO "violations" VALUES('lokal.anteckningar.fram','lokal','raised','2024-11-27','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('lokal.anteckningar.m2','lokal','raised','2024-04-04','2024-07-05','2024-07-05',1);
INSERT INTO "violations" VALUES('lokal.anteckningar.m3','lokal','raised','2024-05-04','2024-07-05','2024-07-05',1);
INSERT INTO "violations" VALUES('lokal.anteckningar.m4','lokal','raised','2024-09-04','2024-10-02','2024-10-02',2);
INSERT INTO "violations" VALUES('lokal.anteckningar.m5','lokal','raised','2024-11-25','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('lokal.bilaggs.2024-H1','lokal','raised','2024-07-01','2024-07-05','2024-07-05',1);
INSERT INTO "violations" VALUES('lokal.bilaggs.2024-H2','lokal','raised','2025-01-01','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('lokal.bilaggs.2025-H1','lokal','raised','2025-07-01','2025-07-02','2025-07-02',9);
INSERT INTO "violations" VALUES('lokal.datum.2025','lokal','raised','2025-02-01','2025-03-01','2025-03-01',5);
INSERT INTO "violations" VALUES('lokal.kallelse.efter','lokal','standing','2024-11-20','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('lokal.kallelse.fram','lokal','standing','2024-11-18','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('lokal.kallelse.m2','lokal','standing','2024-02-26','2024-07-05','2024-07-05',1);
INSERT INTO "violations" VALUES('lokal.kallelse.m3','lokal','standing','2024-03-28','2024-07-05','2024-07-05',1);
INSERT INTO "violations" VALUES('lokal.kallelse.m4','lokal','standing','2024-04-27','2024-07-05','2024-07-05',1);
INSERT INTO "violations" VALUES('lokal.kallelse.m5','lokal','standing','2024-08-28','2024-10-02','2024-10-02',2);
INSERT INTO "violations" VALUES('lokal.moten.2025-H1','lokal','standing','2025-07-01','2025-07-02','2025-07-02',9);
INSERT INTO "violations" VALUES('lokal.moten.2025-Q1','lokal','annulled','2025-04-01','2025-04-02','2025-06-20',8);
INSERT INTO "violations" VALUES('lokal.revideras.2024','lokal','raised','2025-01-01','2025-01-05','2025-01-05',4);
INSERT INTO "violations" VALUES('lokal.umbrella.styrgrupp.2025-H1','lokal','standing','2025-07-01','2025-07-02','2025-07-02',9);
INSERT INTO "violations" VALUES('umbrella.samrad.term-1','umbrella','raised','2025-07-01','2025-07-02','2025-07-02',9);
CREATE UNIQUE INDEX "idx_facts_id"
    ON "facts" ("id");
CREATE INDEX "idx_facts_agreement_arrival"
    ON "facts" ("agreement", "arrival");
CREATE TRIGGER facts_no_update BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER facts_no_delete BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER facts_no_replace BEFORE INSERT ON facts WHEN EXISTS (SELECT 1 FROM facts WHERE arrival = NEW.arrival OR id = NEW.id) BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE INDEX verdicts_by_cell ON verdicts (agreement, cell);
CREATE INDEX verdicts_by_status ON verdicts (status, due);
CREATE INDEX changes_by_duty ON changes (duty, run);
CREATE TRIGGER changes_no_update BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER changes_no_delete BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER violation_history_no_update BEFORE UPDATE ON violation_history BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER violation_history_no_delete BEFORE DELETE ON violation_history BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER rule_texts_no_update BEFORE UPDATE ON rule_texts BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER rule_texts_no_delete BEFORE DELETE ON rule_texts BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER rulebooks_no_update BEFORE UPDATE ON rulebooks BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER rulebooks_no_delete BEFORE DELETE ON rulebooks BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER seals_no_update BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER seals_no_delete BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER facts_clock_turns AFTER INSERT ON facts
    WHEN EXISTS (SELECT 1 FROM facts WHERE arrival = NEW.arrival - 1 AND recorded > NEW.recorded)
    BEGIN INSERT INTO clock_turns VALUES (NEW.arrival, NEW.recorded); END;
CREATE TRIGGER clock_turns_no_update BEFORE UPDATE ON clock_turns
        BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
CREATE TRIGGER clock_turns_no_delete BEFORE DELETE ON clock_turns
        BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END;
COMMIT;
