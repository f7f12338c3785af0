package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLException;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a mail was not taken. What the server said is left out but for its code.
 */
final class MailFailures {

	private MailFailures() {
	}

	static Delivery explain(Exception failure) {
		List<Integer> codes = new ArrayList<>();
		List<String> recipients = new ArrayList<>();
		for (Throwable cause = failure; cause != null; cause = next(cause)) {
			if (cause instanceof AuthenticationFailedException) {
				return new Delivery.NotNow("refuses the user or the password");
			}
			if (cause instanceof SMTPAddressFailedException address) {
				codes.add(address.getReturnCode());
				recipients.add(address.getAddress().getAddress());
			}
			else if (cause instanceof SMTPSendFailedException send) {
				codes.add(send.getReturnCode());
			}
		}
		return codes.isEmpty() ? new Delivery.NotNow(reason(failure)) : refused(codes, recipients);
	}

	/** A code from 500 on is for good; from 400 on, for now. */
	private static Delivery refused(List<Integer> codes, List<String> recipients) {
		int code = codes.stream().mapToInt(Integer::intValue).max().orElse(0);
		String reason = recipients.isEmpty() ? "refuses the mail (%d)".formatted(code)
				: "refuses %s (%d)".formatted(String.join(", ", recipients), code);
		return (code >= 500) ? new Delivery.Refused(reason) : new Delivery.NotNow(reason);
	}

	private static String reason(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = next(cause)) {
			if (cause instanceof ConnectException) {
				return "nothing listens there";
			}
			if (cause instanceof SSLException) {
				return "there is no TLS, or its certificate is not one that is trusted";
			}
			if (cause instanceof SocketTimeoutException) {
				return "did not answer in time";
			}
			if (cause instanceof IOException) {
				return "the connection broke (%s)".formatted(cause.getClass().getSimpleName());
			}
		}
		return "the server does not do what was asked of it, such as STARTTLS";
	}

	private static @Nullable Throwable next(Throwable failure) {
		return (failure instanceof MessagingException mail && mail.getNextException() != null) ? mail.getNextException()
				: failure.getCause();
	}

}
