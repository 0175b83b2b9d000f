search-title = Recherche
search-again = Chercher de nouveau
search-label = Nom, téléphone, numéro de dossier ou de France Travail
search-hint = Les accents et l'orthographe exacte ne comptent pas. Une date de naissance aide : « lamothe 04/05/1991 ».
search-go = Chercher
search-why = Pourquoi
search-none = Personne de ce nom parmi celles que vous suivez
search-none-text = Essayez le nom de naissance, le début du prénom, le téléphone ou le numéro de dossier.
search-too-many = Plus de 200 personnes pour « { $query } » : ajoutez un mot ou une date de naissance.
search-found = { $n ->
    [0] Personne pour « { $query } »
    [one] 1 personne pour « { $query } »
   *[other] { $n } personnes pour « { $query } »
 }
search-born = naissance le
