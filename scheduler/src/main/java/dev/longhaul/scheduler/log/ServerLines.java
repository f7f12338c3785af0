package dev.longhaul.scheduler.log;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.longhaul.core.run.RunAtHand;

/**
 * Writes lines as the configuration says: by its pattern, or as objects. It has to be
 * asked on the thread that logs.
 */
public final class ServerLines extends PatternLayoutEncoder {

	private LogFormat format = LogFormat.TEXT;

	/** Called by logback. */
	public void setFormat(String word) {
		format = LogFormat.of(word);
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		return (format == LogFormat.JSON) ? (line(event).json() + "\n").getBytes(StandardCharsets.UTF_8)
				: super.encode(event);
	}

	private static LogLine line(ILoggingEvent event) {
		Map<String, String> details = new LinkedHashMap<>();
		details.put("thread", event.getThreadName());
		IThrowableProxy thrown = event.getThrowableProxy();
		if (thrown != null) {
			details.put("error", ThrowableProxyUtil.asString(thrown));
		}
		return new LogLine(event.getInstant(), event.getLevel().toString(), event.getLoggerName(),
				RunAtHand.here().orElse(null), event.getFormattedMessage(), details);
	}

}
