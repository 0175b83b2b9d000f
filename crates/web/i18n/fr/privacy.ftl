privacy-title = Droits des personnes
privacy-lead = La loi donne un mois pour répondre, à partir du jour où la demande est reçue. Une demande s'enregistre depuis la page de la personne, onglet « Ses droits ».
privacy-summary = { $waiting ->
    [0] Aucune demande n'attend
    [one] Une demande attend
   *[other] { $waiting } demandes attendent
}{ $late ->
    [0] .
    [one] , dont une en retard.
   *[other] , dont { $late } en retard.
}
privacy-none = Aucune demande
privacy-none-text = Ouvrez la page d'une personne, puis « Ses droits », pour enregistrer ce qu'elle demande.
privacy-none-person = Cette personne n'a encore rien demandé sur ses données.
privacy-caption = Demandes, les plus urgentes d'abord
privacy-who = Personne
privacy-right = Demande
privacy-right-choose = Choisissez
privacy-state = Réponse
privacy-do = Que faire
privacy-granted = Acceptée
privacy-partly = Acceptée en partie
privacy-refused = Refusée
privacy-hidden = Dans aucune liste
privacy-hidden-none = Personne n'est archivé, personne n'a fait geler ses données.
privacy-archived = Archivée depuis le { $day } : rendue anonyme trois ans après.
privacy-frozen = Données gelées à la demande de la personne depuis le { $day } : elles sont gardées et ne servent plus.
privacy-of = { $name } : ses droits
privacy-person-lead = Ce que la personne demande sur ses données, et ce qui lui est répondu.
privacy-record-title = Enregistrer une demande
privacy-record = Enregistrer la demande
privacy-received = Reçue le
privacy-received-hint = Le mois pour répondre court depuis ce jour.
privacy-due = À répondre au plus tard le
privacy-note = Ce que demande la personne
privacy-note-hint = Avec ses mots. C'est chiffré, remis avec la copie, et montré sur sa page pour une correction ou une opposition.
privacy-lift = Lever le gel
privacy-received-on = Reçue le { $day }
privacy-answer-by = Réponse due le { $day } au plus tard
privacy-late = En retard : la réponse était due le { $day }
privacy-answered = { $reply } le { $day }
privacy-answered-on = Réponse donnée le
privacy-anonymous = Personne rendue anonyme
privacy-request = La demande
privacy-answer = Répondre
privacy-answer-go = Enregistrer la réponse
privacy-reply = Réponse
privacy-reply-choose = Choisissez
privacy-reply-missing = Dites ce qui est répondu.
privacy-reply-note = Ce qui est écrit à la personne
privacy-reply-hint = Obligatoire pour un refus, même en partie : dites la raison, et que la CNIL peut être saisie.
privacy-see-file = Ouvrir son dossier
privacy-see-sources = Voir quel fichier dit quoi
privacy-advice-access = Faites la copie : la lettre pour la personne, le fichier pour un ordinateur. Les deux disent la même chose. Chaque copie est notée au journal. Vérifiez l'identité de qui demande, remettez la copie, puis enregistrez la réponse.
privacy-advice-rectification = Téléphone, courriel, adresse, langue et accords se corrigent à la main dans « Joindre », par les professionnels qui suivent la personne : sa page leur montre la demande. Le nom, la naissance, le NIR et le foyer viennent de la CAF ou de la MSA : demandez-leur la correction, elle arrivera avec leur prochain fichier.
privacy-advice-restriction = Accepter gèle les données : elles sont gardées, mais la personne n'est plus dans aucune liste, aucune recherche, aucun export, et seul le délégué à la protection des données ouvre son dossier. Les échéances continuent de courir : prévenez le référent. Le gel se lève sur la page « Ses droits » de la personne.
privacy-advice-objection = Jusqu'à la réponse, sa page demande d'arrêter l'usage contesté. Si l'opposition est acceptée, sa page le dit à qui l'ouvre, aussi longtemps que le dossier existe. Suivre les personnes au RSA est une mission de la loi : un refus doit dire pourquoi elle l'emporte.
privacy-advice-erasure = Le département doit garder les données tant que la personne est suivie, puis le temps des archives : la page publique dit combien. Avant, un refus doit dire cette raison. Un document inutile se retire dans l'onglet « Documents ».
privacy-copy-pdf = Faire la lettre (PDF)
privacy-copy-json = Faire le fichier (JSON)
privacy-copy-made = Première copie faite { $when }.
privacy-notice-rectification = La personne demande une correction, réponse due le { $day }.
privacy-notice-restriction = La personne demande le gel de ses données, réponse due le { $day } : d'ici là, ne décidez rien sur ce qu'elle conteste.
privacy-notice-objection = La personne s'oppose à un usage de ses données, réponse due le { $day } : arrêtez cet usage jusqu'à la réponse.
privacy-notice-opposed = La personne s'est opposée à un usage de ses données, et c'est accepté : respectez-le.
privacy-notice-mend = Corriger dans « Joindre »
privacy-soon-title = Bientôt archivées
privacy-soon-summary = { $count ->
    [0] Personne ne sera archivé dans les trente jours.
    [one] Une personne sera archivée dans les trente jours.
   *[other] { $count } personnes seront archivées dans les trente jours.
}
privacy-soon-who = Qui, et quand
privacy-soon-lead = Nul ne les suit et rien n'est venu d'elles depuis près de deux ans. Un contact noté ou un référent nommé les garde.
privacy-soon-none = Rien à regarder aujourd'hui.
privacy-soon-on = Archivée le { $day }
privacy-right-missing = Dites ce que la personne demande.
privacy-received-missing = Dites quel jour la demande a été reçue.
privacy-officer = Délégué à la protection des données
privacy-office = Conseil départemental ({ $department })
privacy-officer-desk = À l'accueil du conseil départemental
privacy-delay = Prolonger le délai
privacy-delay-lead = Une demande complexe peut recevoir deux mois de plus, une seule fois. La personne doit en être informée, avec les raisons, avant la fin du premier mois.
privacy-delay-why = Ce qui est écrit à la personne
privacy-delay-hint = Dites pourquoi la réponse demande plus de temps. Ce texte est chiffré et remis avec la copie.
privacy-delay-go = Prolonger de deux mois
privacy-delayed-on = Délai prolongé le
privacy-delayed-why = Raison donnée à la personne
