package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.notification.Channel;
import dev.longhaul.scheduler.notification.Channels;
import dev.longhaul.scheduler.notification.Rules;
import dev.longhaul.scheduler.notification.Template;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The configuration of channels, as it is written and as docs/notifications.md shows it.
 */
class NotificationSettingsTest {

	private static final Path PAGE = Path.of("../docs/notifications.md");

	private static final String REST = """
			longhaul:
			  target: {url: "file:///bucket"}
			  database: DIRECTORY/longhaul
			  applications: [{name: gitea, claims: [gitea/data]}]
			""";

	@TempDir
	private Path directory;

	@TestFactory
	Stream<DynamicTest> everyExampleOfThePageIsOneThatWorks() throws IOException {
		Path credentials = Files.createDirectories(directory.resolve("etc/hook"));
		Files.writeString(credentials.resolve("template.json"), blocks("json").get(0));
		Files.writeString(credentials.resolve("url"), "https://example.org/secret");
		List<String> examples = blocks("yaml");
		assertThat(examples).hasSize(6);
		return examples.stream().map(example -> DynamicTest.dynamicTest(example.lines().toList().get(3).strip(), () -> {
			Channels channels = read(example.replaceFirst("longhaul:\n", "")
				.replaceAll("/etc/longhaul/[a-z]+", credentials.toString().replace("$", "\\$")));

			assertThat(channels.all()).isNotEmpty()
				.allSatisfy(channel -> assertThat(channel.medium().describe()).contains("example.org"));
		}));
	}

	@Test
	void theTemplateOfThePageIsOne() throws IOException {
		assertThat(blocks("json")).singleElement().satisfies(Template::of);
	}

	@Test
	void aChannelHearsEverythingUnlessItSaysOtherwise() throws IOException {
		List<Channel> channels = read("""
				  notifications:
				    channels:
				      - {name: one, kind: gotify, url: "http://gotify:8080", credentials: DIRECTORY}
				      - {name: two, kind: gotify, url: "http://gotify:8080", credentials: DIRECTORY, tell: [change]}
				      - {name: three, kind: ping, credentials: DIRECTORY}
				""").all();

		assertThat(channels).extracting(Channel::rules)
			.containsExactly(new Rules.News(Set.of(Rules.Subject.FAILURE, Rules.Subject.CHANGE)),
					new Rules.News(Set.of(Rules.Subject.CHANGE)), new Rules.Pulse(Set.of()));
	}

	@Test
	void nobodyIsToldUnlessSomebodyIsConfigured() throws IOException {
		assertThat(read("").all()).isEmpty();
	}

	@Test
	void whoIsToldIsReadWithoutOpeningTheDatabase() throws IOException {
		read("");

		assertThat(directory.resolve("longhaul.mv.db")).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					kind: fax                                             | longhaul.notifications.channels[].kind must be one of mail, webhook, ntfy, gotify, slack, discord, matrix, ping, not 'fax'
					kind: slack                                           | longhaul.notifications.channels[].credentials must be set
					kind: gotify, credentials: /c                         | longhaul.notifications.channels[].url must be set
					kind: gotify, url: "http://x", topic: a               | longhaul.notifications.channels[].topic must be left out: a channel of kind gotify does not have it
					kind: ping, credentials: /c, digest: 0 8 * * *        | longhaul.notifications.channels[].digest must be left out: a channel of kind ping does not have it
					kind: ping, credentials: /c, jobs: [Nightly!]         | longhaul.notifications.channels[].jobs must be names of jobs: 'Nightly!' is not a job name: use at most 40 of a-z, 0-9 and inner '-'
					kind: slack, credentials: /c, tell: [success]         | longhaul.notifications.channels[].tell must be one of failure, change, not 'success'
					kind: slack, credentials: /c, digest: daily           | longhaul.notifications.channels[].digest must be five fields of cron, such as '0 8 * * *': 'daily' is no cron expression
					kind: webhook, url: "http://x", template: /none       | longhaul.notifications.channels[].template must be a file that can be read, not '/none'
					kind: webhook, url: "http://me:pw@x"                  | a URL of a notification channel is none of http or https, or has a user or a password in it
					kind: mail, host: h, from: a@b, to: [c@d], security: no-tls | longhaul.notifications.channels[].security must be one of starttls, tls, none, not 'no-tls'
					kind: mail, host: h, from: a@b, to: [c@d], security: none   | mail would go to 'h' unencrypted
					kind: mail, host: h, to: [c@d]                        | longhaul.notifications.channels[].from must be set
					kind: ntfy, url: "http://x"                           | a channel of ntfy has no topic
					kind: slack, credentials: /c, colour: red             | there is no setting 'longhaul.notifications.channels[0].colour' (line 7)
					""")
	void saysWhatIsWrongWithAChannel(String settings, String fact) {
		assertThatThrownBy(() -> read("  notifications:\n    channels:\n      - {name: one, " + settings + "}\n"))
			.isInstanceOfSatisfying(RefusedRequest.class, failure -> {
				assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION);
				assertThat(failure.fact()).startsWith(fact);
				assertThat(failure.hint()).isNotBlank();
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{zone: Mars}                                                                 | longhaul.notifications.zone must be a time zone such as Europe/Berlin, not 'Mars'
					{channels: [{kind: slack, credentials: /c}]}                                 | longhaul.notifications.channels[].name must be set
					{channels: [{name: A b, kind: slack, credentials: /c}]}                      | 'A b' is not a name of a notification channel
					{channels: [{name: a, kind: slack, credentials: /c}, {name: a, kind: discord, credentials: /c}]} | two notification channels are named 'a'
					""")
	void saysWhatIsWrongWithAllOfThem(String notifications, String fact) {
		assertThatThrownBy(() -> read("  notifications: " + notifications + "\n")).hasMessage(fact);
	}

	private Channels read(String notifications) throws IOException {
		Path file = directory.resolve("longhaul.yaml");
		Files.writeString(file, (REST + notifications).replace("DIRECTORY", directory.toString()));
		return Server.channels(file);
	}

	private static List<String> blocks(String language) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(PAGE))
			.results()
			.map(block -> block.group(1))
			.toList();
	}

}
