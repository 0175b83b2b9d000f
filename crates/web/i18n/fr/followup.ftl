# Le suivi d'une personne : ce qui est dû, ce qui a été fait ; et la page de ce qui est en retard.
followup-title = Suivi
followup-to-do = À faire
followup-done = Ce qui a été enregistré
followup-before = avant le { $date }
followup-late = En retard
followup-recorded = { $kind } : { $what }
followup-by = Enregistré le { $date } par { $by }.
followup-by-nobody = Enregistré le { $date }.
followup-held = Le { $date }.
followup-held-how = Le { $date }, { $how }.
followup-next-kept = À revoir le { $date }.
followup-next-review = Suite avant le { $date }.
followup-next-answer = Réponse attendue avant le { $date }.
followup-open = Sans réponse
followup-answer = Répondre
followup-back = Fiche de la personne
followup-day = Depuis quel jour
followup-day-held = Quel jour
followup-text = Précisions
followup-text-hint = Facultatif, sauf pour un autre motif. Des faits utiles à la suite, rien de plus.
followup-level = Qui peut lire ce texte
followup-choose = Choisir
followup-end = Clore le suivi
followup-end-lead = La décision d'orientation prend fin et plus personne ne suit { $name }. Rien n'est effacé : le responsable de territoire peut rouvrir le suivi.
followup-end-reason = Pourquoi le suivi se termine
followup-end-go = Clore le suivi
followup-keep = Garder le suivi
followup-keep-lead = Le droit de { $name } est fermé et son suivi continue. La question revient à la date choisie.
followup-keep-reason = Pourquoi le suivi continue
followup-keep-next = Quand revoir la situation
followup-keep-next-hint = Dans 6 mois au plus, le { $date }.
followup-keep-go = Garder le suivi
followup-reopen = Rouvrir le suivi
followup-reopen-lead = La décision d'orientation de { $name } revient en vigueur, et les référents d'avant la clôture suivent de nouveau.
followup-reopen-text = Pourquoi rouvrir
followup-reopen-text-hint = Une phrase.
followup-reopen-go = Rouvrir le suivi
followup-review = Faire le point
followup-review-lead = Le réexamen se fait avec { $name }. Il ne décide rien par lui-même : une réorientation est une nouvelle décision.
followup-review-presence = Avec la personne
followup-review-result = Ce que dit le réexamen
followup-review-next = Prochain réexamen
followup-review-next-law = Si le parcours continue : dans { $months } mois au plus après le réexamen (CASF L262-31).
followup-review-next-free = Facultatif pour ce parcours : dans { $months } mois au plus.
followup-review-text = Ce qui a été dit
followup-review-text-hint = Ce qui avance, ce qui bloque, ce qui est convenu.
followup-review-go = Enregistrer le réexamen
followup-contest = Refus ou contestation
followup-contest-lead = Vous notez ce que dit { $name } de la décision en vigueur. Rien n'en découle de lui-même : le responsable de territoire doit répondre.
followup-contest-kind = Ce que dit la personne
followup-contest-channel = Comment elle l'a dit
followup-contest-words = Ses mots
followup-contest-words-hint = Entre guillemets si possible, sans les résumer.
followup-contest-go = Enregistrer
followup-answer-lead = Vous maintenez la décision et vous dites pourquoi à { $name }. Pour la changer, prenez plutôt une nouvelle décision : elle vaut réponse.
followup-answer-text = Pourquoi la décision est maintenue
followup-answer-text-hint = En phrases simples, telles que la personne les lira.
followup-answer-go = Maintenir la décision
followup-call = Appel après une absence
followup-call-lead = { $name } n'est pas venue au rendez-vous. Seul un échange met fin à ce rappel ; un message sans réponse est noté, et le rappel reste dû.
followup-call-lead-m = { $name } n'est pas venu au rendez-vous. Seul un échange met fin à ce rappel ; un message sans réponse est noté, et le rappel reste dû.
followup-call-result = Comment l'appel s'est terminé
followup-call-go = Enregistrer l'appel
followup-referent = Nommer un référent
followup-referent-lead = { $name } n'a pas de référent. Celui que vous nommez suit dès aujourd'hui.
followup-referent-who = Référent
followup-referent-hint = D'abord ceux de l'organisme décidé, avec de la place et proches.
followup-referent-one = { $name }, { $place }. { $load }
followup-referent-alone = { $name }. { $load }
followup-referent-go = Nommer
followup-late-title = En retard
followup-late-summary = { $people ->
    [one] Une personne attend quelque chose dont la date est passée.
   *[other] { $people } personnes attendent quelque chose dont la date est passée.
}
followup-late-masked = Les nombres de moins de 5 sont masqués, et un autre avec eux pour qu'on ne les déduise pas.
followup-late-few = moins de 5
followup-late-hidden = masqué
followup-late-none = Rien n'est en retard
followup-late-none-text = Chaque personne de vos territoires a été servie à temps, ou n'attend rien aujourd'hui.
followup-late-kinds = Ce qui est en retard
followup-late-owners = Qui doit agir
followup-late-what = Étape
followup-late-who = Qui doit agir
followup-late-people = Personnes
followup-late-since = Le plus ancien
followup-late-team = Responsable de territoire
followup-late-desk = Équipe d'orientation
followup-late-owners-many = { $name } et { $n } { $n ->
    [one] autre
   *[other] autres
}
followup-late-referents = Référents
followup-late-count = { $n ->
    [one] 1 personne
   *[other] { $n } personnes
}
followup-late-list = { $n ->
    [one] 1 personne en retard
   *[other] { $n } personnes en retard
}
followup-late-nobody = Personne
followup-late-nobody-text = Ces personnes ont été servies entre-temps.
followup-late-note = { $what }, depuis le { $date }
followup-story-decision = Orientation décidée : { $what }
followup-story-call = Appel : { $what }
followup-story-call-in = Appel reçu : { $what }
followup-contact = Noter un contact
followup-contact-lead = Un échange avec { $name }, ou une tentative. Seul un échange tenu compte dans le rythme du suivi.
followup-contact-means = Comment
followup-contact-outcome = Ce qui s'est passé
followup-contact-subject = Sujet
followup-contact-text = Ce qui a été dit
followup-contact-text-hint = Facultatif. Des faits utiles à la suite ; vous pouvez dicter.
followup-contact-go = Enregistrer le contact
followup-told-contact = { $how } : { $about }
followup-told-attempt = { $how } : { $what }
