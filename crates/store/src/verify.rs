//! Is what is stored coherent? Run by `declic verify` and at the end of every test of this floor.

use sea_orm::{ConnectionTrait, Statement};

use crate::db::Db;
use crate::error::Result;

/// A sentence, and the query that counts the rows that break it.
const RULES: [(&str, &str); 43] = [
    (
        "des personnes suivies sont archivées",
        "SELECT COUNT(*) AS n FROM person WHERE archived_on IS NOT NULL AND state IN ('to_orient', 'oriented', 'prescribed', 'enrolled', 'diagnosed', 'contracted', 'in_outcome')",
    ),
    (
        "des personnes archivées, anonymes ou gelées ne sont pas cachées",
        "SELECT COUNT(*) AS n FROM person WHERE NOT hidden \
         AND (archived_on IS NOT NULL OR anonymised_on IS NOT NULL OR restricted_on IS NOT NULL)",
    ),
    (
        "des contacts n’ont pas de valeur, ou ne peuvent pas être retrouvés",
        "SELECT COUNT(*) AS n FROM contact WHERE value_sealed IS NULL OR value_index IS NULL",
    ),
    (
        "des rapprochements pointent vers une fiche elle-même rapprochée en boucle",
        "SELECT COUNT(*) AS n FROM person a JOIN person b ON a.merged_into = b.id WHERE b.merged_into = a.id OR a.merged_into = a.id",
    ),
    (
        "des personnes à orienter, orientées ou dans un dispositif n’ont pas d’échéance",
        "SELECT COUNT(*) AS n FROM person WHERE state IN ('to_orient', 'oriented', 'prescribed', 'enrolled', 'diagnosed', 'contracted', 'in_outcome') \
         AND (due_on IS NULL OR due_kind IS NULL)",
    ),
    (
        "des personnes soumises aux droits et devoirs ne sont ni à orienter ni suivies",
        "SELECT COUNT(*) AS n FROM person WHERE subject AND merged_into IS NULL \
         AND state NOT IN ('to_orient', 'oriented', 'prescribed', 'enrolled', 'diagnosed', 'contracted', 'in_outcome', 'exited')",
    ),
    (
        "des personnes sont orientées sans décision en vigueur, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND (p.state = 'oriented') <> \
         (p.oriented_on IS NOT NULL AND p.enrolled_on IS NULL AND p.prescription_by IS NULL AND p.outcome_on IS NULL AND p.left_on IS NULL)",
    ),
    (
        "des décisions en vigueur ne se voient pas sur la fiche",
        "SELECT COUNT(*) AS n FROM orientation_decision d JOIN person p ON p.id = d.person_id \
         WHERE d.ended_on IS NULL AND p.merged_into IS NULL AND p.oriented_on IS NULL",
    ),
    (
        "des personnes sorties sont encore suivies, ou ont une échéance",
        "SELECT COUNT(*) AS n FROM person WHERE state = 'exited' AND left_on IS NULL AND merged_into IS NULL \
         AND (has_referent OR due_on IS NOT NULL OR exited_on IS NULL)",
    ),
    (
        "des parcours en dispositif ne se voient pas sur la fiche, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND (p.enrolled_on IS NOT NULL) <> \
         EXISTS (SELECT 1 FROM enrolment e JOIN person q ON q.id = e.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND e.stage IN ('active', 'paused'))",
    ),
    (
        "des prescriptions sans réponse ne se voient pas sur la fiche, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND (p.prescription_by IS NOT NULL) <> \
         EXISTS (SELECT 1 FROM enrolment e JOIN person q ON q.id = e.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND e.stage IN ('prescribed', 'waiting'))",
    ),
    (
        "des personnes suivies en dispositif ne doivent ni premier entretien, ni contact, ni fin de pause",
        "SELECT COUNT(*) AS n FROM person WHERE state IN ('enrolled', 'diagnosed', 'contracted') AND merged_into IS NULL \
         AND meet_by IS NULL AND contact_by IS NULL AND paused_until IS NULL",
    ),
    (
        "des contrats signés qui ne sont pas terminés ne se voient pas sur la fiche, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND p.contract_until IS NOT NULL AND NOT \
         EXISTS (SELECT 1 FROM contract c JOIN person q ON q.id = c.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND c.signed_on IS NOT NULL AND c.over_on = p.contract_until)",
    ),
    (
        "des contrats à valider ne se voient pas sur la fiche, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND (p.validate_by IS NOT NULL) <> \
         EXISTS (SELECT 1 FROM contract c JOIN person q ON q.id = c.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND c.stage = 'validating')",
    ),
    (
        "des personnes ont un contrat en vigueur qui n’est pas dit jusqu’à quand",
        "SELECT COUNT(*) AS n FROM person WHERE merged_into IS NULL AND (contract_on IS NOT NULL OR contract_old) \
         AND (contract_until IS NULL OR contract_turns IS NULL)",
    ),
    (
        "des personnes ont repris une activité sans que des nouvelles soient à prendre, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person WHERE merged_into IS NULL AND \
         ((outcome_on IS NOT NULL) <> (check_by IS NOT NULL) OR (state = 'in_outcome' AND outcome_on IS NULL) \
          OR (outcome_on IS NOT NULL AND left_on IS NULL AND state <> 'in_outcome'))",
    ),
    (
        "des personnes ont repris une activité que rien n’enregistre",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND p.outcome_on IS NOT NULL AND NOT \
         EXISTS (SELECT 1 FROM outcome o JOIN person q ON q.id = o.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND o.stage = 'open')",
    ),
    (
        "des débuts annoncés ne se voient pas sur la fiche, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND (p.start_by IS NOT NULL) <> \
         EXISTS (SELECT 1 FROM outcome o JOIN person q ON q.id = o.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND o.stage = 'announced')",
    ),
    (
        "des personnes sont dites suivies alors que le compte de chaque référent est fermé",
        "SELECT COUNT(*) AS n FROM person p WHERE p.has_referent AND p.merged_into IS NULL AND NOT \
         EXISTS (SELECT 1 FROM referent r JOIN account a ON a.id = r.account_id JOIN person q ON q.id = r.person_id \
                 WHERE COALESCE(q.merged_into, q.id) = p.id AND a.disabled_at IS NULL)",
    ),
    (
        "des suivis clos gardent une décision en vigueur",
        "SELECT COUNT(*) AS n FROM person p JOIN orientation_decision d ON d.person_id = p.id \
         WHERE p.exited_on IS NOT NULL AND p.merged_into IS NULL AND d.ended_on IS NULL",
    ),
    (
        "une personne a deux tentatives dites les dernières",
        "SELECT COUNT(*) AS n FROM (SELECT person_id FROM call_attempt WHERE latest GROUP BY person_id HAVING COUNT(*) > 1) d",
    ),
    (
        "des personnes soumises n’ont pas de droit ouvert",
        "SELECT COUNT(*) AS n FROM person WHERE subject AND right_state NOT IN ('2', '3', '4')",
    ),
    (
        "des personnes n’ont aucun mot de recherche",
        "SELECT COUNT(*) AS n FROM person p WHERE p.anonymised_on IS NULL AND NOT EXISTS (SELECT 1 FROM search_term t WHERE t.person_id = p.id)",
    ),
    (
        "des foyers n’ont pas le contenu qu’ils annoncent",
        "SELECT COUNT(*) AS n FROM household h WHERE h.content_hash IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM content c WHERE c.household_id = h.id AND c.hash = h.content_hash)",
    ),
    (
        "des mentions d’un foyer n’ont pas de contenu",
        "SELECT COUNT(*) AS n FROM sighting s WHERE NOT EXISTS \
         (SELECT 1 FROM content c WHERE c.household_id = s.household_id AND c.hash = s.hash)",
    ),
    (
        "des contenus ne sont cités par aucun fichier",
        "SELECT COUNT(*) AS n FROM content c WHERE NOT EXISTS \
         (SELECT 1 FROM sighting s WHERE s.household_id = c.household_id AND s.hash = c.hash)",
    ),
    (
        "des foyers ont une place sans personne du même fichier",
        "SELECT COUNT(*) AS n FROM membership m JOIN household h ON h.id = m.household_id WHERE m.named AND h.stamp IS NOT NULL AND m.stamp > h.stamp",
    ),
    (
        "deux adultes d’un foyer sont la même fiche",
        "SELECT COUNT(*) AS n FROM membership a JOIN membership b ON a.household_id = b.household_id AND a.person_id < b.person_id \
         JOIN person p ON p.id = b.person_id WHERE p.merged_into = a.person_id AND a.named AND b.named",
    ),
    (
        "des fichiers terminés n’ont pas de bilan",
        "SELECT COUNT(*) AS n FROM import WHERE status = 'done' AND (report IS NULL OR stamp IS NULL)",
    ),
    (
        "une même suite d’octets est entrée deux fois",
        "SELECT COUNT(*) AS n FROM (SELECT sha256 FROM import WHERE status = 'done' GROUP BY sha256 HAVING COUNT(*) > 1) d",
    ),
    (
        "des questions ouvertes ne sont pas signalées sur les fiches",
        "SELECT COUNT(*) AS n FROM review r JOIN person p ON p.id = r.person_a WHERE r.status = 'open' AND NOT p.match_open",
    ),
    (
        "les compteurs ne disent pas le nombre de personnes",
        "SELECT (SELECT COUNT(*) FROM person WHERE merged_into IS NULL AND NOT hidden) - (SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) FROM counter) AS n",
    ),
    (
        "des personnes sont parties sans que leur fiche le dise, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person WHERE merged_into IS NULL AND left_on IS NOT NULL AND state <> 'exited'",
    ),
    (
        "des transferts attendent leur accusé sans échéance sur la fiche, ou l’inverse",
        "SELECT COUNT(*) AS n FROM person p WHERE p.merged_into IS NULL AND (p.confirm_by IS NOT NULL) <> EXISTS \
         (SELECT 1 FROM transfer t JOIN person q ON q.id = t.person_id \
          WHERE t.standing = 'waiting' AND (q.id = p.id OR q.merged_into = p.id))",
    ),
    (
        "des octets de document ne sont nommés par personne et n’attendent pas leur fin",
        "SELECT COUNT(*) AS n FROM document_object o WHERE o.dropped_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM document d WHERE d.object_id = o.id)",
    ),
    (
        "des octets de document attendent leur fin alors qu’un document les nomme",
        "SELECT COUNT(*) AS n FROM document_object o WHERE o.dropped_at IS NOT NULL AND EXISTS \
         (SELECT 1 FROM document d WHERE d.object_id = o.id)",
    ),
    (
        "des documents ont été retirés sans motif",
        "SELECT COUNT(*) AS n FROM document WHERE removed_at IS NOT NULL AND removed_reason_sealed IS NULL",
    ),
    (
        "des heures prises ne sont celles d’aucun rendez-vous",
        "SELECT COUNT(*) AS n FROM occupation o WHERE NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = o.holder_id) \
         AND NOT EXISTS (SELECT 1 FROM gathering g WHERE g.id = o.holder_id)",
    ),
    (
        "des rendez-vous à venir ne tiennent pas l’heure de qui les reçoit",
        "SELECT COUNT(*) AS n FROM appointment a JOIN appointment_host h ON h.appointment_id = a.id \
         WHERE a.status = 'upcoming' AND a.gathering_id IS NULL AND NOT EXISTS \
         (SELECT 1 FROM occupation o WHERE o.holder_id = a.id AND o.resource_id = h.account_id)",
    ),
    (
        "des rendez-vous annulés ou excusés prennent encore une heure",
        "SELECT COUNT(*) AS n FROM occupation o JOIN appointment a ON a.id = o.holder_id \
         WHERE a.status IN ('cancelled', 'excused', 'waiting')",
    ),
    (
        "des rendez-vous n’ont personne qui reçoit",
        "SELECT COUNT(*) AS n FROM appointment a WHERE NOT EXISTS \
         (SELECT 1 FROM appointment_host h WHERE h.appointment_id = a.id)",
    ),
    (
        "des places de séance dépassent leur nombre, ou sont tenues par qui attend",
        "SELECT COUNT(*) AS n FROM appointment a JOIN gathering g ON g.id = a.gathering_id \
         WHERE a.seat > g.seats OR (a.seat IS NOT NULL AND a.status IN ('waiting', 'cancelled', 'excused')) \
         OR (a.seat IS NULL AND a.status = 'upcoming')",
    ),
    (
        "des créneaux sont proposés alors que quelqu’un y est attendu",
        "SELECT COUNT(*) AS n FROM slot s JOIN appointment_host h ON h.account_id = s.account_id \
         JOIN appointment a ON a.id = h.appointment_id WHERE NOT s.taken AND a.status = 'upcoming' \
         AND a.starts_at < s.ends_at AND s.starts_at < a.ends_at",
    ),
];

/// The inconsistencies found, each a French sentence; empty when all is well.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(db: &Db) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (sentence, sql) in RULES {
        let n = count(db, sql).await?;
        if n != 0 {
            found.push(format!("{sentence} ({n})"));
        }
    }
    let uneven = "SELECT COUNT(*) AS n FROM counter c WHERE c.people <> (SELECT COUNT(*) FROM person p \
         WHERE p.merged_into IS NULL AND NOT p.hidden AND p.state = c.state AND COALESCE(p.territory, '') = c.territory \
         AND COALESCE(p.due_on, '1970-01-01') = c.due_on)";
    let n = count(db, uneven).await?;
    if n != 0 {
        found.push(format!("des compteurs sont faux ({n})"));
    }
    if !db.is_postgres() {
        let backend = db.read().get_database_backend();
        let broken =
            db.read().query_all_raw(Statement::from_string(backend, "PRAGMA foreign_key_check")).await?;
        if !broken.is_empty() {
            found.push(format!("des liens entre tables sont rompus ({})", broken.len()));
        }
        if let Some(row) =
            db.read().query_one_raw(Statement::from_string(backend, "PRAGMA quick_check")).await?
        {
            let answer: String = row.try_get_by_index(0)?;
            if answer != "ok" {
                found.push(format!("le fichier de la base est abîmé : {answer}"));
            }
        }
    }
    let waiting = count(db, "SELECT COUNT(*) AS n FROM unsealed").await?;
    if waiting != 0 {
        found.push(format!("des valeurs attendent d’être chiffrées ({waiting})"));
    }
    for (column, bad) in crate::sealed::unreadable(db).await? {
        found.push(format!("des valeurs de {} ne se déchiffrent pas ({bad})", column.name()));
    }
    let chain = crate::audit::verify_chain(db).await?;
    if let Some(fault) = chain.fault {
        found.push(format!("le journal n’est pas entier : {fault}"));
    }
    Ok(found)
}

async fn count(db: &Db, sql: &str) -> Result<i64> {
    let backend = db.read().get_database_backend();
    let row = db.read().query_one_raw(Statement::from_string(backend, sql)).await?;
    Ok(match row {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    })
}
