package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What each kind of service is sent.
 */
class ReceiversIT {

	private static final String DIGEST = "✕ 3-2-1-1-0 fails for 1 of 1 application: gitea";

	private final Web web = new Web(null, Limits.USUAL, Clock.systemUTC());

	private final Message failure = Told.message(Told.failed(Told.NIGHTLY));

	private final Message digest = Told
		.message(new Occasion.Digest(new Standing.Known(List.of(Told.row("gitea", "hhhhf")))));

	private Receiver receiver;

	private Receiver.Received last;

	@TempDir
	private Path directory;

	@BeforeEach
	void start() {
		receiver = Receiver.start();
	}

	@AfterEach
	void stop() {
		receiver.close();
	}

	@Test
	void ntfyGetsTopicTitleAndPriorityAsJson() throws IOException {
		secret("token", "tk_1");
		Medium ntfy = new Ntfy(WebAddress.of(receiver.url()), "backups", new Credentials(directory), web);

		JsonNode body = delivered(ntfy, failure, "/");

		assertThat(body.get("topic").asString()).isEqualTo("backups");
		assertThat(body.get("title").asString()).isEqualTo(failure.subject());
		assertThat(body.get("message").asString()).isEqualTo(failure.text());
		assertThat(body.get("priority").asInt()).isEqualTo(4);
		assertThat(lastHeader("Authorization")).isEqualTo("Bearer tk_1");
	}

	@Test
	void ntfyLogsInWithUserAndPasswordToASecretTopic() throws IOException {
		secret("username", "me");
		secret("password", "pässword");
		secret("topic", "s3cret-topic");
		Medium ntfy = new Ntfy(WebAddress.of(receiver.url()), null, new Credentials(directory), web);

		assertThat(delivered(ntfy, digest, "/").get("topic").asString()).isEqualTo("s3cret-topic");
		assertThat(lastHeader("Authorization")).isEqualTo("Basic bWU6cMOkc3N3b3Jk");
		assertThat(ntfy.describe()).isEqualTo("ntfy at 127.0.0.1:" + receiver.port());
	}

	@Test
	void ntfyWithoutATopicIsRefused() {
		assertThatThrownBy(() -> new Ntfy(WebAddress.of("https://ntfy.sh"), null, null, web))
			.isInstanceOf(RefusedRequest.class)
			.hasMessage("a channel of ntfy has no topic");
	}

	@Test
	void ntfyGetsNoMoreThanItShows() {
		Message long_ = new Message(Told.ID, Event.TEST, Urgency.LOW, Told.NOW, "s", "✕".repeat(5000), "", null, "");
		Medium ntfy = new Ntfy(WebAddress.of(receiver.url()), "backups", null, web);

		assertThat(delivered(ntfy, long_, "/").get("message").asString()).hasSizeBetween(1000, 1200).endsWith("✕…");
		assertThat(lastHeader("Authorization")).isNull();
	}

	@Test
	void gotifyGetsItsTokenInAHeader() throws IOException {
		secret("token", "AbC");
		Medium gotify = new Gotify(WebAddress.of(receiver.url() + "/gotify"), new Credentials(directory), web);

		JsonNode body = delivered(gotify, failure, "/gotify/message");

		assertThat(body.get("title").asString()).isEqualTo(failure.subject());
		assertThat(body.get("message").asString()).isEqualTo(failure.text());
		assertThat(body.get("priority").asInt()).isEqualTo(8);
		assertThat(lastHeader("X-gotify-key")).isEqualTo("AbC");
	}

	@Test
	void slackGetsAFencedTableWithNothingToFollow() throws IOException {
		Message hostile = Told.message(new Occasion.RunFailed(Told.NIGHTLY, FailureCode.BACKUP_FAILED,
				"<!channel> & ``` <https://evil|click>", "", LogTail.EMPTY));

		JsonNode body = delivered(chat(Chat.Dialect.SLACK), hostile, "/services/T0/B0/x");

		assertThat(body.get("text").asString()).isEqualTo(
				"*✕ nightly 2026-11-22 02:30 failed: &lt;!channel&gt; &amp; ``` &lt;https://evil|click&gt;*\n```\n"
						+ "&lt;!channel&gt; &amp; ''' &lt;https://evil|click&gt;   [BACKUP_FAILED]\n```");
	}

	@Test
	void discordMentionsNobodyAndHasRoomForTheEnd() throws IOException {
		Message longest = Told.message(new Occasion.RunFailed(Told.NIGHTLY, FailureCode.BACKUP_FAILED,
				"@everyone " + "x".repeat(5000), "", new LogTail(List.of("y".repeat(300)))));

		JsonNode body = delivered(chat(Chat.Dialect.DISCORD), longest, "/services/T0/B0/x");

		assertThat(body.get("content").asString()).startsWith("**✕ nightly")
			.endsWith("\n```")
			.hasSizeLessThanOrEqualTo(2000);
		assertThat(body.get("allowed_mentions").get("parse")).isEmpty();
	}

	@Test
	void matrixGetsTextAndHtml() throws IOException {
		JsonNode body = delivered(chat(Chat.Dialect.MATRIX), digest, "/services/T0/B0/x");

		assertThat(body.get("text").asString()).startsWith(DIGEST + "\n");
		assertThat(body.get("html").asString()).isEqualTo(digest.html());
		assertThat(body.get("username").asString()).isEqualTo("Longhaul");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/uuid               | start   | /uuid/start?rid=
			/uuid               | success | /uuid?rid=
			/uuid/              | fail    | /uuid/fail?rid=
			/key/slug?create=1  | start   | /key/slug/start?create=1&rid=
			""")
	void aWatchIsPingedAtBeginningAndEndOfARun(String path, String moment, String target) throws IOException {
		Ping ping = new Ping(address(path), web);
		Occasion occasion = switch (moment) {
			case "start" -> Told.started(Told.NIGHTLY);
			case "success" -> Told.succeeded(Told.NIGHTLY);
			default -> Told.failed(Told.NIGHTLY);
		};

		assertThat(ping.deliver(Told.message(occasion))).isEqualTo(new Delivery.Done());

		Receiver.Received received = receiver.next();
		assertThat(received.path()).isEqualTo(target + "8f5e5bc8-1abe-34c7-a81c-e0de8cd1e82b");
		assertThat(received.header("Content-type")).isEqualTo("text/plain; charset=utf-8");
	}

	@Test
	void aPingOfAFailureHasTheEndOfTheLog() throws IOException {
		Ping ping = new Ping(address("/uuid"), web);

		ping.deliver(failure);

		assertThat(receiver.next().body())
			.startsWith("✕ nightly 2026-11-22 02:30 failed: the cluster did not answer\n\n")
			.endsWith("gitea  begun\ngitea  ✕ no answer");
	}

	@Test
	void aTestOfAWatchIsOnlyNotedDown() throws IOException {
		Ping ping = new Ping(address("/uuid"), web);

		ping.deliver(Told.message(new Occasion.Test()));

		assertThat(receiver.next().path()).isEqualTo("/uuid/log");
	}

	@Test
	void runsOfOneInstantButOtherJobsAreToldApart() throws IOException {
		Ping ping = new Ping(address("/uuid"), web);
		List<String> paths = new ArrayList<>();
		for (Occasion occasion : List.of(Told.started(Told.NIGHTLY), Told.succeeded(Told.NIGHTLY),
				Told.started(Told.MIRROR))) {
			ping.deliver(Told.message(occasion));
			String path = receiver.next().path();
			paths.add(path.substring(path.indexOf("rid=")));
		}

		assertThat(paths.get(0)).isEqualTo(paths.get(1)).isNotEqualTo(paths.get(2));
	}

	private Medium chat(Chat.Dialect dialect) throws IOException {
		return new Chat(dialect, address("/services/T0/B0/x"), web);
	}

	private WebAddress.Secret address(String path) throws IOException {
		return new WebAddress.Secret(secret("url", receiver.url() + path + "\n"));
	}

	private JsonNode delivered(Medium medium, Message message, String path) {
		medium.check();
		assertThat(medium.deliver(message)).isEqualTo(new Delivery.Done());
		last = receiver.next();
		assertThat(last.path()).isEqualTo(path);
		return JsonMapper.shared().readTree(last.body());
	}

	private @Nullable String lastHeader(String name) {
		return last.header(name);
	}

	private SecretFile secret(String name, String content) throws IOException {
		return new SecretFile(Files.writeString(directory.resolve(name), content));
	}

}
