//! Mail that a server sends back: a delivery status notification (RFC 3464), which names the message that it is about by the
//! identifier with which it left.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// Most bytes read of a notification. Servers send back the head of a message, sometimes all of it.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Longest reason that is kept, in characters.
const LONGEST_WHY: usize = 200;

/// What a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The identifiers that the message may have left with, without their brackets: those of the copy that came back.
    pub message_ids: Vec<String>,
    /// What is said of each recipient.
    pub recipients: Vec<Recipient>,
}

/// What is said of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The addresses by which the servers know them, as they write them.
    pub addresses: Vec<String>,
    /// What the server did.
    pub action: ServerAction,
    /// The enhanced status (RFC 3463): `5.1.1`.
    pub status: String,
    /// What the server said, in its own words; empty when it said nothing.
    pub why: String,
}

/// What a server did with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerAction {
    /// It gave up, whatever the status: a mailbox that stayed full for five days is a `4.2.2` that failed.
    Failed,
    /// It goes on trying.
    Delayed,
    /// It put the message into the mailbox.
    Delivered,
    /// It gave it to somebody else, and knows no more.
    Passed,
}

/// Why a text is no notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BounceError {
    /// Not a mail, or another one: an answer, an absence.
    #[error(
        "Ce courriel n’est pas un avis de remise (message/delivery-status, RFC 3464) : rien n’a été changé. \
         Donnez ici les avis des serveurs, et eux seuls."
    )]
    Other,
    /// It says nothing of any recipient that can be read.
    #[error("Cet avis de remise ne dit pas ce qu’est devenu le message : rien n’a été changé.")]
    Silent,
    /// Longer than a notification is.
    #[error("Cet avis de remise est trop long : 2 Mio au plus. Rien n’a été changé.")]
    Long,
}

/// Reads a notification.
///
/// # Errors
/// [`BounceError`]: one sentence.
pub fn read_bounce(bytes: &[u8]) -> Result<Bounce, BounceError> {
    if bytes.len() > MOST_BYTES {
        return Err(BounceError::Long);
    }
    let mail = MessageParser::default().parse(bytes).ok_or(BounceError::Other)?;
    let status = mail.parts.iter().find(|part| part.is_content_type("message", "delivery-status"));
    let status = status.ok_or(BounceError::Other)?;
    let text = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    // The first group is about the message, each other one about a recipient.
    let recipients: Vec<Recipient> = text.split("\n\n").filter_map(recipient).collect();
    if recipients.is_empty() {
        return Err(BounceError::Silent);
    }
    Ok(Bounce { message_ids: message_ids(&mail), recipients })
}

/// The fields of a group: name in lower case, value with its continued lines.
fn fields(group: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in group.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

fn recipient(group: &str) -> Option<Recipient> {
    let fields = fields(group);
    let get = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    // « rfc822; nina@exemple.fr »: the type of the address comes first.
    let bare = |value: &str| value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned();
    let addresses: Vec<String> = ["original-recipient", "final-recipient"]
        .into_iter()
        .filter_map(|name| get(name).map(bare))
        .map(|address| address.trim_matches(['<', '>']).to_owned())
        .filter(|address| !address.is_empty())
        .collect();
    let action = match get("action")?.to_ascii_lowercase().as_str() {
        "failed" => ServerAction::Failed,
        "delayed" => ServerAction::Delayed,
        "delivered" => ServerAction::Delivered,
        "relayed" | "expanded" => ServerAction::Passed,
        _ => return None,
    };
    let status = get("status").unwrap_or_default();
    let status: String = status.chars().take_while(|c| c.is_ascii_digit() || *c == '.').take(12).collect();
    let why = get("diagnostic-code").map(bare).unwrap_or_default();
    let why = why.chars().filter(|c| !c.is_control()).take(LONGEST_WHY).collect();
    Some(Recipient { addresses, action, status, why })
}

/// The identifiers of the copy that came back: as a message, as its head alone, or as a text.
fn message_ids(mail: &Message<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for part in &mail.parts {
        match &part.body {
            PartType::Message(inner) => found.extend(inner.message_id().map(str::to_owned)),
            _ if part.is_content_type("text", "rfc822-headers") => {
                let head = MessageParser::default().parse(part.contents());
                found.extend(head.as_ref().and_then(|head| head.message_id()).map(str::to_owned));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As Postfix writes it.
    fn postfix(action: &str, status: &str, returned: &str) -> String {
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n\
             To: declic@meuse.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\r\n\r\n\
             This is a MIME-encapsulated message.\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n\
             This is the mail system at host mx.example.\r\n\r\n--B\r\nContent-Description: Delivery report\r\n\
             Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\
             Arrival-Date: Fri, 27 Nov 2026 09:00:00 +0100\r\n\r\n\
             Final-Recipient: rfc822; nina.essai@exemple.fr\r\nOriginal-Recipient: rfc822;nina.essai@exemple.fr\r\n\
             Action: {action}\r\nStatus: {status}\r\nRemote-MTA: dns; mx.exemple.fr\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 <nina.essai@exemple.fr>: Recipient address\r\n    rejected\r\n\r\n\
             --B\r\nContent-Type: {returned}\r\n\r\nMessage-ID: <un.deux@meuse.example>\r\n\
             From: declic@meuse.example\r\nSubject: Votre rendez-vous\r\n\r\n--B--\r\n"
        )
    }

    #[test]
    fn a_notification_names_its_message_whether_all_of_it_or_its_head_comes_back() {
        for returned in ["message/rfc822", "text/rfc822-headers"] {
            let bounce = read_bounce(postfix("failed", "5.1.1", returned).as_bytes()).unwrap();
            assert_eq!(bounce.message_ids, ["un.deux@meuse.example"], "{returned}");
            let [one] = bounce.recipients.as_slice() else { panic!("{bounce:?}") };
            assert_eq!((one.action, one.status.as_str()), (ServerAction::Failed, "5.1.1"));
            assert_eq!(one.addresses, ["nina.essai@exemple.fr", "nina.essai@exemple.fr"]);
            assert_eq!(one.why, "550 5.1.1 <nina.essai@exemple.fr>: Recipient address rejected");
        }
    }

    #[test]
    fn what_the_server_did_is_read_as_it_says_it() {
        for (word, action) in [
            ("failed", ServerAction::Failed),
            ("Delayed", ServerAction::Delayed),
            ("delivered", ServerAction::Delivered),
            ("relayed", ServerAction::Passed),
        ] {
            let bounce = read_bounce(postfix(word, "4.2.2 (full)", "message/rfc822").as_bytes()).unwrap();
            assert_eq!(bounce.recipients[0].action, action);
            assert_eq!(bounce.recipients[0].status, "4.2.2");
        }
        let other = postfix("vanished", "5.1.1", "message/rfc822");
        assert_eq!(read_bounce(other.as_bytes()), Err(BounceError::Silent));
    }

    #[test]
    fn what_is_no_notification_is_refused_with_a_sentence() {
        let answer = "From: nina.essai@exemple.fr\r\nTo: declic@meuse.example\r\nSubject: Absente\r\n\r\nJe reviens.\r\n";
        for other in ["", "bonjour", answer, "\0\u{1}\u{2}"] {
            assert_eq!(read_bounce(other.as_bytes()), Err(BounceError::Other), "{other}");
        }
        assert_eq!(read_bounce(&vec![b'a'; MOST_BYTES + 1]), Err(BounceError::Long));
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(cut in 0usize..1_400, noise in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut bytes = postfix("failed", "5.1.1", "message/rfc822").into_bytes();
            bytes.truncate(cut);
            bytes.extend(noise);
            let _ = read_bounce(&bytes);
        }
    }
}
