package dev.longhaul.scheduler.notification;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.scheduler.wording.Wording;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends a test to channels and says what became of it. Neither the database nor the
 * outbox is used: a server may be running.
 */
@Command(name = "test", description = "Send a test to every channel, and say what became of it.",
		mixinStandardHelpOptions = true, sortOptions = false, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
				"0:every channel has taken it", "2:wrong usage or configuration", "3:a channel has not taken it" })
public final class NotifyTestCommand implements Callable<Integer> {

	private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(1);

	private final Function<Path, Channels> configured;

	private final PrintStream out;

	private final Clock clock;

	@Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
	private @Nullable Path config;

	@Option(names = "--channel", paramLabel = "NAME", description = "Only this channel.")
	private @Nullable String channel;

	@Option(names = "--debug", description = "Add the stack trace to a failure.")
	private boolean debug;

	/**
	 * @param configured reads the channels of a configuration
	 */
	public NotifyTestCommand(Function<Path, Channels> configured, PrintStream out, Clock clock) {
		this.configured = configured;
		this.out = out;
		this.clock = clock;
	}

	/** Whether stack traces are asked for. */
	public boolean debug() {
		return debug;
	}

	@Override
	public Integer call() {
		Channels channels = configured.apply(Objects.requireNonNull(config));
		List<Channel> tested = tested(channels);
		int names = width(tested, Channel::name);
		int places = width(tested, NotifyTestCommand::place);
		boolean taken = true;
		try (Courier courier = new Courier(LONGEST_ATTEMPT)) {
			for (Channel each : tested) {
				Message message = new Letters(new Wording(channels.zone())).write(UUID.randomUUID(),
						new Occasion.Test(), clock.instant());
				Delivery delivery = courier.deliver(each.medium(), message);
				taken &= delivery instanceof Delivery.Done;
				out.println(String.format(Locale.ROOT, "%-" + names + "s   %-" + places + "s   %s", each.name(),
						place(each), outcome(delivery)));
			}
		}
		return (taken ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	private List<Channel> tested(Channels channels) {
		if (channels.all().isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "no notification channel is configured",
					"docs/notifications.md shows how");
		}
		if (channel == null) {
			return channels.all();
		}
		return List.of(channels.named(channel)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE,
					"there is no notification channel '%s'".formatted(channel),
					"configured are " + String.join(", ", channels.all().stream().map(Channel::name).toList()))));
	}

	private static int width(List<Channel> channels, Function<Channel, String> cell) {
		return channels.stream().map(cell).mapToInt(String::length).max().orElse(0);
	}

	/**
	 * An address that is a secret and cannot be read is what the outcome is about, too.
	 */
	private static String place(Channel channel) {
		try {
			return channel.medium().describe();
		}
		catch (RefusedRequest ex) {
			return "–";
		}
	}

	private static String outcome(Delivery delivery) {
		if (delivery instanceof Delivery.NotNow notNow) {
			return "%s %s".formatted(Answer.FAILS.symbol(), notNow.reason());
		}
		if (delivery instanceof Delivery.Refused refused) {
			return "%s %s".formatted(Answer.FAILS.symbol(), refused.reason());
		}
		return Answer.HOLDS.symbol() + " delivered";
	}

}
