package dev.longhaul.scheduler.notification;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/**
 * A message as a mail: text and HTML, of which the reader's program shows one. The id is
 * the message's, so that a mailbox shows a double once.
 */
final class Envelope extends MimeMessage {

	private static final String UTF_8 = StandardCharsets.UTF_8.name();

	private final String id;

	Envelope(Session session, Message message, InternetAddress from, List<InternetAddress> to)
			throws MessagingException {
		super(session);
		String sender = from.getAddress();
		this.id = "<%s@%s>".formatted(message.id(), sender.substring(sender.lastIndexOf('@') + 1));
		setFrom(from);
		setRecipients(RecipientType.TO, to.toArray(new InternetAddress[0]));
		setSubject(message.subject(), UTF_8);
		setSentDate(Date.from(message.at()));
		// So that nobody's holiday notice answers; RFC 3834.
		setHeader("Auto-Submitted", "auto-generated");
		setBody(message);
		saveChanges();
	}

	private void setBody(Message message) throws MessagingException {
		if (message.html().isEmpty()) {
			setText(message.text(), UTF_8);
			return;
		}
		MimeBodyPart text = new MimeBodyPart();
		text.setText(message.text(), UTF_8);
		MimeBodyPart html = new MimeBodyPart();
		html.setText(message.html(), UTF_8, "html");
		setContent(new MimeMultipart("alternative", text, html));
	}

	@Override
	protected void updateMessageID() throws MessagingException {
		setHeader("Message-ID", id);
	}

}
