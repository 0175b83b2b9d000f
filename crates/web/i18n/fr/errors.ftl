errors-code = Erreur { $code }
errors-home = Aller à l'accueil
errors-event = Si vous demandez de l'aide, donnez ce numéro :
errors-forbidden = Votre rôle ne permet pas d'ouvrir cette page
errors-forbidden-text = Si vous en avez besoin pour votre travail, demandez-le à l'administration de votre département : c'est elle qui donne les rôles. « Qui peut quoi » dit ce que chacun permet.
errors-right = Il vous manque le droit « { $action } ». L'ont : { $roles }.
errors-closed-to-role = Votre Département n'a pas ouvert cette possibilité à votre rôle ; la direction insertion en décide dans les réglages.
errors-right-nobody = Il vous manque le droit « { $action } ». Aucun rôle ne l'a.
errors-expired = Cette page est restée ouverte trop longtemps
errors-expired-text = Rien n'a été enregistré. Revenez en arrière, rechargez la page, puis envoyez de nouveau.
errors-missing = Cette page n'existe pas
errors-missing-text = L'adresse est peut-être incomplète, ou la page concerne une personne que vous n'avez pas à voir. Si vous devez accompagner quelqu'un, la responsable ou le responsable de son territoire peut vous le confier.
errors-frozen = Les données de cette personne sont gelées
errors-frozen-text = Elle a demandé que ses données ne servent plus. Rien n'est perdu, rien n'est effacé. Pour son parcours, adressez-vous au délégué à la protection des données, qui peut lever le gel.
errors-large = Ce fichier est trop lourd
errors-large-text = Rien n'a été enregistré. Envoyez-le compressé en .gz, ou passez par la commande d'import.
errors-method = Cette adresse ne se demande pas ainsi
errors-method-text = La page existe, mais elle ne reçoit pas ce genre de demande. Revenez à la page d'avant et recommencez.
errors-slow = L'envoi a été trop lent
errors-slow-text = Rien n'a été enregistré. Vérifiez votre connexion, puis envoyez de nouveau.
errors-kind = Ce genre de contenu n'est pas lu ici
errors-kind-text = Rien n'a été enregistré. Vérifiez le type de ce que vous envoyez.
errors-unreadable = Cette demande ne peut pas être lue
errors-unreadable-text = Rien n'a été enregistré. Rechargez la page, puis recommencez.
errors-many = Trop d'essais en peu de temps
errors-many-text = Attendez une minute, puis essayez de nouveau. Rien n'a été bloqué.
errors-many-wait = { $n ->
    [one] Attendez une minute, puis essayez de nouveau. Rien n'est perdu.
   *[other] Attendez { $n } minutes, puis essayez de nouveau. Rien n'est perdu.
 }
errors-internal = Déclic n'a pas pu répondre
errors-internal-text = L'erreur vient de nous et elle est notée. Ce que vous aviez enregistré avant est gardé. Essayez de nouveau dans un instant.
errors-away = Déclic est momentanément indisponible
errors-away-text = Une mise à jour est peut-être en cours. Essayez de nouveau dans quelques minutes.
