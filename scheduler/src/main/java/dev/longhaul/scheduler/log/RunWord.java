package dev.longhaul.scheduler.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.longhaul.core.run.RunAtHand;

/**
 * The id of the run at hand, for logback's patterns; a dash if there is none. It has to
 * be asked on the thread that logs.
 */
public final class RunWord extends ClassicConverter {

	@Override
	public String convert(ILoggingEvent event) {
		return RunAtHand.here().map(RunAtHand::id).orElse("-");
	}

}
