orientation-title = À orienter
orientation-delay-left = Délai légal restant
orientation-bar = { $late } en retard, { $week } à 7 jours ou moins, { $three } entre 8 et 21 jours, { $later } au-delà
orientation-caption = Personnes à orienter. Le délai légal est de 6 semaines à partir de la réception.
orientation-person = Personne
orientation-received = Reçue le
orientation-delay = Délai légal
orientation-commune = Commune
orientation-family = Famille
orientation-seniority = Ancienneté
orientation-count = { $n ->
    [one] { $n } personne à orienter
   *[other] { $n } personnes à orienter
 }
orientation-summary = { $late ->
    [0] Aucune personne n'a dépassé le délai légal.
    [one] Une personne a dépassé le délai légal.
   *[other] { $late } personnes ont dépassé le délai légal.
 } { $week ->
    [0] Aucune autre ne l'atteindra dans les 7 jours.
    [one] Une autre l'atteindra dans les 7 jours.
   *[other] { $week } autres l'atteindront dans les 7 jours.
 }
orientation-late = Dépassé
orientation-week = 7 jours ou moins
orientation-three-weeks = 8 à 21 jours
orientation-later = Plus de 21 jours
orientation-any = Tous
orientation-any-f = Toutes
orientation-since-1 = Moins d'un an
orientation-since-4 = 1 à 4 ans
orientation-since-5 = 5 ans et plus
orientation-age = Âge
orientation-age-25 = Moins de 26 ans
orientation-age-49 = 26 à 49 ans
orientation-age-50 = 50 ans et plus
orientation-family-alone = Personne seule
orientation-family-lone-parent = Parent seul
orientation-family-couple = Couple
orientation-file = Fichier d'origine
orientation-none = Personne à orienter
orientation-none-text = Aucune personne ne correspond à ces filtres. Les prochaines viendront avec le prochain fichier.
orientation-since = depuis { $month }
