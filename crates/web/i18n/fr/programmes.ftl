# Les dispositifs : proposer, répondre, suivre, régler.
programmes-title = Dispositifs
programmes-none = Aucun dispositif pour l'instant.
programmes-story = Ce qui a été enregistré
programmes-told = { $programme } : { $what }
programmes-propose = Proposer un dispositif
programmes-propose-lead = Choisissez le dispositif pour { $name } ; ses conditions viennent ensuite, une par une.
programmes-not-yours = Votre rôle ne prescrit aucun dispositif ouvert ici : demandez à votre responsable.
programmes-which = Dispositif
programmes-next = Continuer
programmes-propose-for = Proposer : { $programme }
programmes-voluntary = La personne choisit librement : un refus n'a aucune conséquence.
programmes-decided = Ce dispositif suit la décision d'orientation.
programmes-ask = Pour demander : « { $question } »
programmes-why = Pourquoi ce dispositif
programmes-why-hint = Facultatif. Ce que la personne en attend, ce qu'il faut savoir pour répondre.
programmes-propose-go = Proposer
programmes-answer = Répondre : { $programme }
programmes-answer-lead = Relisez les conditions avec ce que vous savez de { $name }. La réponse reste sur sa fiche.
programmes-answer-short = Répondre
programmes-answer-go = Enregistrer la réponse
programmes-lift = Pourquoi passer outre
programmes-lift-hint = Seulement si vous acceptez malgré ce non. { $help }
programmes-verdict = Votre réponse
programmes-enrol = Inscrire
programmes-wait = Mettre sur liste d'attente
programmes-refuse = Refuser pour le moment
programmes-social = Qui accompagne, côté social
programmes-employment = Qui accompagne, côté emploi
programmes-capacity = Repère du dispositif : { $n } personnes. Un dépassement est signalé, il ne bloque pas.
programmes-refusal = Si vous refusez : pourquoi
programmes-refusal-hint = À laisser vide si vous inscrivez la personne.
programmes-next-step = Suite à donner
programmes-next-step-hint = Obligatoire pour un refus : ce qui est proposé à la place, ou ce qui permettra de le proposer de nouveau.
programmes-answer-by = Réponse attendue avant le { $date }.
programmes-look-by = Place à revoir avant le { $date }.
programmes-since = Depuis le { $date }.
programmes-until = Jusqu'au { $date }.
programmes-paused-until = En pause jusqu'au { $date }.
programmes-over-on = Le { $date }.
programmes-next-point = Prochain point : { $what }, le { $date }.
programmes-points = Points sur le chemin
programmes-point-held = Fait le { $date }.
programmes-point-met = Fait : ce qui était prévu le { $date } est enregistré.
programmes-point-owed = Prévu le { $date }.
programmes-point-beyond = Le { $date }, si le dispositif est renouvelé.
programmes-point-at-work = Prévu le { $date } ; plus demandé depuis la reprise d'activité.
programmes-point-write = Noter ce point
programmes-point-lead = { $programme } prévoit ce point avec { $name } le { $date }. Une fois noté, il compte aussi comme un échange.
programmes-point-how = Comment
programmes-point-needless = Ce point n'est plus utile
programmes-point-text = Ce qui a été dit
programmes-point-text-hint = Facultatif, sauf si le point n'est plus utile : dites alors pourquoi. Restez factuel ; rien de médical.
programmes-pause = Mettre en pause
programmes-pause-lead = Les contacts prévus avec { $name } s'arrêtent jusqu'à une date. Rien d'autre ne change.
programmes-pause-reason = Pourquoi
programmes-pause-until = Jusqu'à quand
programmes-pause-hint = Six mois au plus. À cette date, il faut reprendre contact.
programmes-resume = Reprendre
programmes-resume-lead = Les contacts avec { $name } reprennent dès aujourd'hui.
programmes-renew = Renouveler
programmes-renew-lead = { $programme } continue pour { $name } après sa fin prévue.
programmes-ask-renewal = Demander le renouvellement
programmes-ask-renewal-lead = Vous demandez que { $programme } continue pour { $name }. Votre responsable répond avant la fin prévue.
programmes-renewal-asked = Renouvellement demandé : une réponse est attendue.
programmes-deny-renewal = Ne pas renouveler
programmes-deny-renewal-lead = { $programme } se termine à sa fin prévue pour { $name } ; la suite se prépare. Dites pourquoi.
programmes-words-hint = Facultatif. Des faits utiles à la suite, rien de plus.
programmes-deny-hint = Obligatoire. Ce qui suit pour la personne, en une phrase.
programmes-exit = Terminer
programmes-exit-lead = { $name } quitte { $programme }. Son suivi continue tant qu'une décision d'orientation est en vigueur.
programmes-exit-reason = Pourquoi
programmes-decline = La personne ne souhaite pas
programmes-decline-lead = { $name } ne souhaite pas entrer dans { $programme }. Cela n'a aucune conséquence.
programmes-withdraw = Retirer la proposition
programmes-withdraw-lead = La proposition de { $programme } pour { $name } est retirée ; elle reste lisible.
programmes-change-go = Enregistrer
programmes-awaited = Prescriptions
programmes-awaited-summary = { $n ->
    [0] Aucune réponse n'est attendue.
    [one] Une personne attend une réponse ou une place{ $late ->
        [0] .
       *[other] , en retard.
    }
   *[other] { $n } personnes attendent une réponse ou une place{ $late ->
        [0] .
        [one] , dont une en retard.
       *[other] , dont { $late } en retard.
    }
}
programmes-awaited-none = Aucune réponse n'est attendue
programmes-awaited-none-text = Les personnes proposées pour un dispositif apparaîtront ici, la plus pressée d'abord.
programmes-awaited-by = Proposée le { $day } par { $by }. { $town }
programmes-before = avant le { $date }
programmes-all = Dispositifs
programmes-all-lead = Ceux du département, puis ceux d'autres départements, que vous pouvez reprendre et adapter.
programmes-runs = Ouvert ici
programmes-elsewhere = À reprendre
programmes-draft = Brouillon
programmes-rules = Règles
programmes-conditions = Conditions d'entrée
programmes-no-conditions = Aucune condition.
programmes-edit = Publier une nouvelle version
programmes-take = Reprendre ce dispositif ici
programmes-new = Écrire un dispositif
programmes-new-lead = Partez du texte ci-dessous : changez le code, le nom, puis les règles.
programmes-new-text = Texte du dispositif
programmes-text = Texte
programmes-text-hint = Chaque règle garde sa source, ou la mention « proposed ».
programmes-first-day-hint = Les personnes déjà inscrites gardent la version de leur entrée.
programmes-days = { $n ->
    [one] un jour
   *[other] { $n } jours
}
programmes-months = { $n } mois depuis l'entrée
programmes-months-met = { $n } mois depuis le premier entretien
programmes-renewals = { $n ->
    [0] aucun
    [one] un, de { $months } mois, décidé par : { $by }
   *[other] { $n }, de { $months } mois, décidés par : { $by }
}
programmes-renewals-free = sans limite
programmes-rhythm = { $n ->
    [one] un contact individuel chaque jour
   *[other] un contact individuel tous les { $n } jours au plus
}
programmes-capacity-of = { $n } personnes par professionnel, { $side }
programmes-fact-by = Qui propose
programmes-fact-answer = Réponse sous
programmes-fact-who = Accompagnement
programmes-fact-pair = Un binôme : social et emploi
programmes-fact-social = Un référent social
programmes-fact-employment = Un conseiller emploi
programmes-fact-length = Durée
programmes-fact-renewals = Renouvellements
programmes-fact-rhythm = Rythme
programmes-fact-capacity = Repère
programmes-fact-from = Version du
