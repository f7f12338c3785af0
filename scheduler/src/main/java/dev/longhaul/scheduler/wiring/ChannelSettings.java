package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.schedule.Recurrence;
import dev.longhaul.scheduler.credential.SecretFile;
import dev.longhaul.scheduler.notification.Channel;
import dev.longhaul.scheduler.notification.Chat;
import dev.longhaul.scheduler.notification.Credentials;
import dev.longhaul.scheduler.notification.Gotify;
import dev.longhaul.scheduler.notification.Limits;
import dev.longhaul.scheduler.notification.Mail;
import dev.longhaul.scheduler.notification.Medium;
import dev.longhaul.scheduler.notification.Ntfy;
import dev.longhaul.scheduler.notification.Ping;
import dev.longhaul.scheduler.notification.Rules;
import dev.longhaul.scheduler.notification.Template;
import dev.longhaul.scheduler.notification.Web;
import dev.longhaul.scheduler.notification.WebAddress;
import dev.longhaul.scheduler.notification.Webhook;
import org.jspecify.annotations.Nullable;

/**
 * One channel. Which of the settings it has depends on its kind, and one that it does not
 * have is refused.
 *
 * @param credentials a directory as a Secret is mounted
 * @param tell what it hears of; null for all there is
 * @param digest when it gets the table of all verdicts, as five fields of cron; null for
 * never
 */
public record ChannelSettings(@Nullable String name, @Nullable String kind, @Nullable Path credentials,
		@Nullable List<String> tell, @Nullable String digest, @Nullable String host, @Nullable Integer port,
		@Nullable String security, @Nullable String from, @Nullable List<String> to, @Nullable String url,
		@Nullable String topic, @Nullable Map<String, String> headers, @Nullable Path template,
		@Nullable List<String> jobs) {

	/** In bytes. A template is a few lines. */
	private static final int LONGEST_TEMPLATE = 64 * 1024;

	private static final String TELL = "tell";

	private static final String DIGEST = "digest";

	private enum Kind {

		MAIL, WEBHOOK, NTFY, GOTIFY, SLACK, DISCORD, MATRIX, PING;

		/** Besides its name and its credentials. */
		Set<String> settings() {
			return switch (this) {
				case MAIL -> Set.of(TELL, DIGEST, "host", "port", "security", "from", "to");
				case WEBHOOK -> Set.of(TELL, DIGEST, "url", "headers", "template");
				case NTFY -> Set.of(TELL, DIGEST, "url", "topic");
				case GOTIFY -> Set.of(TELL, DIGEST, "url");
				case SLACK, DISCORD, MATRIX -> Set.of(TELL, DIGEST);
				case PING -> Set.of("jobs");
			};
		}

	}

	Channel open(ZoneId zone, Clock clock) {
		Kind known = oneOf(Kind.class, "kind", required("kind", kind));
		requireSettingsOf(known);
		Rules rules = (known == Kind.PING) ? new Rules.Pulse(jobNames()) : new Rules.News(subjects());
		return new Channel(required("name", name), rules, recurrence(zone), medium(known, clock));
	}

	private void requireSettingsOf(Kind known) {
		Set<String> given = new TreeSet<>();
		Stream
			.of(given(TELL, tell), given(DIGEST, digest), given("host", host), given("port", port),
					given("security", security), given("from", from), given("to", to), given("url", url),
					given("topic", topic), given("headers", headers), given("template", template), given("jobs", jobs))
			.filter(setting -> !setting.isEmpty())
			.forEach(given::add);
		given.removeAll(known.settings());
		if (!given.isEmpty()) {
			throw wrong(given.iterator().next(),
					"left out: a channel of kind %s does not have it".formatted(word(known)));
		}
	}

	private static String given(String name, @Nullable Object value) {
		return (value != null) ? name : "";
	}

	private Medium medium(Kind known, Clock clock) {
		Credentials mounted = (credentials != null) ? new Credentials(credentials) : null;
		return switch (known) {
			case MAIL -> mail(mounted);
			case WEBHOOK -> new Webhook(address(), headerFiles(), templateOrUsual(), web(mounted, clock));
			case NTFY -> new Ntfy(WebAddress.of(required("url", url)), topic, mounted, web(mounted, clock));
			case GOTIFY ->
				new Gotify(WebAddress.of(required("url", url)), required("credentials", mounted), web(mounted, clock));
			case SLACK -> new Chat(Chat.Dialect.SLACK, secretAddress(), web(mounted, clock));
			case DISCORD -> new Chat(Chat.Dialect.DISCORD, secretAddress(), web(mounted, clock));
			case MATRIX -> new Chat(Chat.Dialect.MATRIX, secretAddress(), web(mounted, clock));
			case PING -> new Ping(secretAddress(), web(mounted, clock));
		};
	}

	private static Web web(@Nullable Credentials mounted, Clock clock) {
		return new Web(mounted, Limits.USUAL, clock);
	}

	private Mail mail(@Nullable Credentials mounted) {
		Mail.Security kept = oneOf(Mail.Security.class, "security", Objects.requireNonNullElse(security, "starttls"));
		Mail.Server server = new Mail.Server(required("host", host), (port != null) ? port : usualPort(kept), kept);
		return new Mail(server, required("from", from), required("to", to), mounted, Limits.USUAL);
	}

	private static int usualPort(Mail.Security security) {
		return switch (security) {
			case STARTTLS -> 587;
			case TLS -> 465;
			case NONE -> 25;
		};
	}

	private WebAddress address() {
		return (url != null) ? WebAddress.of(url) : secretAddress();
	}

	private WebAddress.Secret secretAddress() {
		return new Credentials(required("credentials", credentials)).address();
	}

	private Map<String, SecretFile> headerFiles() {
		if (headers == null) {
			return Map.of();
		}
		Credentials mounted = new Credentials(required("credentials", credentials));
		return headers.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, header -> mounted.file(header.getValue())));
	}

	private Template templateOrUsual() {
		if (template == null) {
			return Template.USUAL;
		}
		try (InputStream in = Files.newInputStream(template)) {
			return Template.of(new String(in.readNBytes(LONGEST_TEMPLATE), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw wrong("template", "a file that can be read, not '%s'".formatted(template));
		}
	}

	private Set<Rules.Subject> subjects() {
		List<String> words = (tell != null) ? tell : List.of("failure", "change");
		return words.stream().map(word -> oneOf(Rules.Subject.class, TELL, word)).collect(Collectors.toSet());
	}

	private Set<JobName> jobNames() {
		try {
			return (jobs != null) ? jobs.stream().map(JobName::new).collect(Collectors.toSet()) : Set.of();
		}
		catch (IllegalArgumentException ex) {
			throw wrong("jobs", "names of jobs: " + ex.getMessage());
		}
	}

	private @Nullable Recurrence recurrence(ZoneId zone) {
		try {
			return (digest != null) ? Recurrence.of(new CronSchedule(digest, zone)) : null;
		}
		catch (IllegalArgumentException ex) {
			throw wrong(DIGEST, "five fields of cron, such as '0 8 * * *': " + ex.getMessage());
		}
	}

	private static <E extends Enum<E>> E oneOf(Class<E> type, String setting, String word) {
		Function<E, String> words = ChannelSettings::word;
		return Arrays.stream(type.getEnumConstants())
			.filter(constant -> words.apply(constant).equals(word))
			.findFirst()
			.orElseThrow(() -> wrong(setting, "one of %s, not '%s'"
				.formatted(Arrays.stream(type.getEnumConstants()).map(words).collect(Collectors.joining(", ")), word)));
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static <T> T required(String setting, @Nullable T value) {
		if (value == null) {
			throw wrong(setting, "set");
		}
		return value;
	}

	private static RefusedRequest wrong(String setting, String expected) {
		return NotificationSettings.wrong("channels[]." + setting, expected);
	}

}
