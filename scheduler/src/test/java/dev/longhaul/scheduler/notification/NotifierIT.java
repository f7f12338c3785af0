package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.gitops.schedule.Recurrence;
import dev.longhaul.scheduler.credential.SecretFile;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.notification.Rules.Subject;
import dev.longhaul.scheduler.wording.VerdictTable.Row;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From being told to being delivered: real receivers, a real database, a clock that the
 * test moves.
 */
class NotifierIT {

	private static final Rules EVERYTHING = new Rules.News(Set.of(Subject.FAILURE, Subject.CHANGE));

	private final MutableClock clock = MutableClock.of(Told.NOW, ZoneOffset.UTC);

	private final List<Channel> channels = new ArrayList<>();

	private final List<AutoCloseable> open = new ArrayList<>();

	private MeterRegistry meters = new SimpleMeterRegistry();

	private List<Row> records = List.of();

	private EmbeddedDatabase database;

	@TempDir
	private Path directory;

	@BeforeEach
	void openDatabase() {
		database = EmbeddedDatabase.open(directory.resolve("longhaul"), 4, clock);
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : open) {
			one.close();
		}
		database.close();
	}

	@Test
	void aMessageIsDeliveredOnceToWhoHearsOfIt() {
		Receiver one = channel("one", EVERYTHING);
		Receiver deaf = channel("deaf", new Rules.News(Set.of()));
		Notifier notifier = notifier();

		notifier.tell(Told.failed(Told.NIGHTLY));
		notifier.round();
		notifier.round();

		assertThat(one.next().body()).contains("\"event\": \"run-failed\"", "\"job\": \"nightly\"");
		assertThat(one.rest()).isEmpty();
		assertThat(deaf.rest()).isEmpty();
		assertThat(count("one", "delivered")).isEqualTo(1);
		assertThat(waiting("one")).isZero();
	}

	@Test
	void aFailedAttemptIsMadeAgainAfterAPauseWithTheSameId() {
		Receiver receiver = channel("one", EVERYTHING).replying(500).replying(200);
		Notifier notifier = notifier();

		notifier.tell(Told.failed(Told.NIGHTLY));
		notifier.round();
		String first = receiver.next().header("Idempotency-key");
		assertThat(waiting("one")).isEqualTo(1);
		clock.add(BackOff.FIRST.minusSeconds(1));
		notifier.round();
		assertThat(receiver.rest()).isEmpty();
		clock.add(Duration.ofSeconds(1));
		notifier.round();

		assertThat(receiver.next().header("Idempotency-key")).isEqualTo(first);
		assertThat(count("one", "delivered")).isEqualTo(1);
	}

	@Test
	void whoAsksForTimeGetsIt() {
		Receiver receiver = channel("one", EVERYTHING).replying(429, Map.of("Retry-After", "300"));
		Notifier notifier = notifier();

		notifier.tell(Told.failed(Told.NIGHTLY));
		notifier.round();
		receiver.next();
		clock.add(Duration.ofSeconds(299));
		notifier.round();
		assertThat(receiver.rest()).isEmpty();
		clock.add(Duration.ofSeconds(1));
		notifier.round();

		assertThat(receiver.rest()).hasSize(1);
	}

	@Test
	void whatComesFirstIsDeliveredFirst() {
		Receiver receiver = channel("watch", new Rules.Pulse(Set.of())).replying(500);
		Notifier notifier = notifier();

		notifier.tell(Told.started(Told.NIGHTLY));
		notifier.round();
		notifier.tell(Told.succeeded(Told.NIGHTLY));
		notifier.round();
		assertThat(receiver.next().body()).contains("run-started");
		assertThat(receiver.rest()).isEmpty();
		clock.add(BackOff.FIRST);
		notifier.round();

		assertThat(receiver.next().body()).contains("run-started");
		assertThat(receiver.next().body()).contains("run-succeeded");
	}

	@Test
	void whatIsRefusedDoesNotHoldUpTheRest() {
		Receiver receiver = channel("one", EVERYTHING).replying(422);
		Notifier notifier = notifier();

		notifier.tell(Told.failed(Told.NIGHTLY));
		notifier.tell(Told.failed(Told.MIRROR));
		notifier.round();

		assertThat(receiver.next().body()).contains("\"job\": \"nightly\"");
		assertThat(receiver.next().body()).contains("\"job\": \"mirror\"");
		assertThat(count("one", "refused")).isEqualTo(1);
		assertThat(count("one", "delivered")).isEqualTo(1);
	}

	@Test
	void aMessageThatIsTooOldIsGivenUpAndTheNextOneTold() {
		Receiver receiver = channel("one", EVERYTHING).replying(500);
		Notifier notifier = notifier();

		notifier.tell(Told.failed(Told.NIGHTLY));
		notifier.round();
		receiver.next();
		clock.add(Duration.ofHours(24));
		notifier.tell(Told.failed(Told.MIRROR));
		notifier.round();

		assertThat(receiver.next().body()).contains("\"job\": \"mirror\"");
		assertThat(count("one", "given_up")).isEqualTo(1);
	}

	@Test
	void whatWasNotDeliveredSurvivesARestart() {
		Receiver receiver = channel("one", EVERYTHING).replying(500);
		Notifier before = notifier();
		before.tell(Told.failed(Told.NIGHTLY));
		before.round();
		String id = receiver.next().header("Idempotency-key");
		before.close();
		database.close();

		database = EmbeddedDatabase.open(directory.resolve("longhaul"), 4, clock);
		clock.add(BackOff.FIRST);
		notifier().round();

		Receiver.Received again = receiver.next();
		assertThat(again.header("Idempotency-key")).isEqualTo(id);
		assertThat(again.body()).contains("\"scheduledFor\": \"2026-11-22T01:30:00Z\"", "gitea  ✕ no answer");
	}

	@Test
	void anAttemptWhoseServerDiedIsMadeAgainWhenItsClaimHasRunOut() {
		Receiver receiver = channel("one", EVERYTHING);
		Notifier notifier = notifier();
		notifier.tell(Told.failed(Told.NIGHTLY));
		Outbox outbox = new Outbox(JdbcClient.create(database.dataSource()));
		assertThat(outbox.claim(outbox.first("one").orElseThrow(), Told.NOW.plus(Deliveries.CLAIM))).isTrue();

		notifier.round();
		assertThat(receiver.rest()).isEmpty();
		clock.add(Deliveries.CLAIM);
		notifier.round();

		assertThat(receiver.rest()).hasSize(1);
	}

	@Test
	void twoServersDoNotMakeOneAttempt() {
		channel("one", EVERYTHING);
		notifier().tell(Told.failed(Told.NIGHTLY));
		Outbox outbox = new Outbox(JdbcClient.create(database.dataSource()));
		Outbox.Waiting seen = outbox.first("one").orElseThrow();

		assertThat(outbox.claim(seen, Told.NOW.plusSeconds(60))).isTrue();
		assertThat(outbox.claim(seen, Told.NOW.plusSeconds(60))).isFalse();
	}

	@Test
	void onlySoMuchWaitsAndTheOldestGivesWay() {
		Receiver receiver = channel("one", EVERYTHING).replying(500);
		Notifier notifier = notifier();
		notifier.tell(Told.failed(Told.MIRROR));
		notifier.round();
		receiver.next();

		for (int i = 0; i < Deliveries.MOST_WAITING; i++) {
			notifier.tell(Told.failed(Told.NIGHTLY));
		}

		assertThat(waiting("one")).isEqualTo(Deliveries.MOST_WAITING);
		assertThat(count("one", "given_up")).isEqualTo(1);
		assertThat(new Outbox(JdbcClient.create(database.dataSource())).first("one").orElseThrow().message().run())
			.isEqualTo(Told.NIGHTLY);
	}

	@Test
	void theFirstVerdictIsNoChangeAndEachChangeIsToldOnce() {
		Receiver receiver = channel("one", EVERYTHING);
		Notifier notifier = notifier();

		notifier.judged(List.of(record("gitea", "hhhhh"), neverJudged("wiki")));
		notifier.judged(List.of(record("gitea", "hhhhh"), record("wiki", "fhhhh")));
		notifier.round();
		assertThat(receiver.rest()).isEmpty();
		notifier.judged(List.of(record("gitea", "hhhhf"), record("wiki", "fhhhh")));
		notifier.judged(List.of(record("gitea", "hhhhf"), record("wiki", "fhhhh")));
		notifier.round();

		assertThat(receiver.next().body()).contains("\"event\": \"verdict-changed\"",
				"\"subject\": \"✕ gitea: 0 errors fails\"");
		assertThat(receiver.rest()).isEmpty();
	}

	@Test
	void whatWasToldOfVerdictsSurvivesARestart() {
		Receiver receiver = channel("one", EVERYTHING);
		notifier().judged(List.of(record("gitea", "hhhhh")));
		database.close();

		database = EmbeddedDatabase.open(directory.resolve("longhaul"), 4, clock);
		Notifier after = notifier();
		after.judged(List.of(record("gitea", "hhuhh")));
		after.round();

		assertThat(receiver.next().body()).contains("◌ gitea: 1 away is unknown");
	}

	@Test
	void aDigestComesByTheClockOfItsZoneAndOnlyOnceForAllThatWereMissed() {
		records = List.of(record("gitea", "hhhhh"));
		Receiver receiver = channel("one", new Rules.News(Set.of()), "0 9 * * *");
		Notifier notifier = notifier();

		notifier.round();
		assertThat(receiver.rest()).as("nothing is due before it was seen once").isEmpty();
		clock.setInstant(Instant.parse("2026-11-22T07:59:59Z"));
		notifier.round();
		assertThat(receiver.rest()).isEmpty();
		clock.setInstant(Instant.parse("2026-11-22T08:00:00Z"));
		notifier.round();
		notifier.round();
		assertThat(receiver.next().body()).contains("\"event\": \"digest\"", "● 3-2-1-1-0 holds for gitea");
		assertThat(receiver.rest()).isEmpty();

		clock.setInstant(Instant.parse("2026-11-27T12:00:00Z"));
		notifier().round();
		notifier().round();
		assertThat(receiver.rest()).hasSize(1);
	}

	@Test
	void aDigestOfABucketThatCannotBeReadSaysSo() {
		Receiver receiver = channel("one", new Rules.News(Set.of()), "0 9 * * *");
		Notifier notifier = notifier(() -> {
			throw new TransientFailure(FailureCode.TARGET_UNREACHABLE, "the bucket did not answer", "wait");
		});

		notifier.round();
		clock.setInstant(Instant.parse("2026-11-22T08:00:00Z"));
		notifier.round();

		assertThat(receiver.next().body()).contains("◌ nobody knows how the applications stand",
				"the bucket did not answer   [TARGET_UNREACHABLE]");
	}

	@Test
	void aChannelThatHangsDelaysNeitherWhoTellsNorOthers() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		RawServer hanging = RawServer.start(socket -> {
			asked.countDown();
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
		});
		open.add(hanging);
		add("hanging", EVERYTHING, hanging.url(), null, new Limits(Duration.ofSeconds(5), Duration.ofSeconds(2)));
		Receiver receiver = channel("one", EVERYTHING);
		Notifier notifier = new Notifier(new Channels(channels, ZoneOffset.UTC), database.dataSource(),
				new JdbcTransactionManager(database.dataSource()), () -> records, meters, clock);
		open.add(notifier);
		notifier.start();

		notifier.tell(Told.failed(Told.NIGHTLY));
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		// The attempt hangs now, and telling returns all the same.
		notifier.tell(Told.failed(Told.MIRROR));

		assertThat(receiver.next().body()).contains("\"job\": \"nightly\"");
		assertThat(receiver.next().body()).contains("\"job\": \"mirror\"");
		release.countDown();
	}

	@Test
	void startedItDeliversWhatIsToldAndEndsWhenItIsClosed() {
		Receiver receiver = channel("one", EVERYTHING);
		Notifier notifier = notifier();
		notifier.start();

		notifier.tell(Told.failed(Told.NIGHTLY));

		assertThat(receiver.next().body()).contains("run-failed");
		await().untilAsserted(() -> assertThat(count("one", "delivered")).isEqualTo(1));
		notifier.close();
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch(thread -> thread.getName().equals("notifications")));
	}

	@Test
	void aDatabaseThatIsGoneFailsNoRun() {
		channel("one", EVERYTHING);
		Notifier notifier = notifier();
		database.close();

		notifier.tell(Told.failed(Told.NIGHTLY));
		notifier.judged(List.of(record("gitea", "hhhhh")));
	}

	@Test
	void messagesOfAChannelThatIsConfiguredNoMoreAreDropped() {
		channel("gone", EVERYTHING);
		notifier().tell(Told.failed(Told.NIGHTLY));
		channels.clear();

		notifier().start();

		assertThat(new Outbox(JdbcClient.create(database.dataSource())).channels()).isEmpty();
	}

	@Test
	void noSecretIsInTheDatabase() throws IOException {
		String secret = "tk-planted-4711";
		Receiver receiver = Receiver.start().replying(500).replying(401).replying(302, Map.of("Location", secret));
		open.add(receiver);
		Path url = Files.writeString(directory.resolve("url"), receiver.url() + "/services/" + secret);
		Medium medium = new Webhook(new WebAddress.Secret(new SecretFile(url)),
				Map.of("Authorization",
						new SecretFile(Files.writeString(directory.resolve("token"), "Bearer " + secret))),
				Template.USUAL, new Web(null, Limits.USUAL, clock));
		channels.add(new Channel("one", EVERYTHING, null, medium));
		Notifier notifier = notifier();
		notifier.tell(Told.failed(Told.NIGHTLY));
		for (int round = 0; round < 3; round++) {
			notifier.round();
			clock.add(BackOff.LONGEST);
		}
		assertThat(receiver.rest()).hasSize(3);
		database.close();

		assertThat(Files.readString(directory.resolve("longhaul.mv.db"), StandardCharsets.ISO_8859_1))
			.contains("the cluster did not answer")
			.doesNotContain(secret);
		assertThat(channels.toString()).doesNotContain(secret);
	}

	private Notifier notifier() {
		return notifier(() -> records);
	}

	private Notifier notifier(Supplier<List<Row>> source) {
		meters = new SimpleMeterRegistry();
		Notifier notifier = new Notifier(new Channels(channels, ZoneId.of("Europe/Berlin")), database.dataSource(),
				new JdbcTransactionManager(database.dataSource()), source, meters, clock);
		open.add(0, notifier);
		return notifier;
	}

	private Receiver channel(String name, Rules rules) {
		return channel(name, rules, null);
	}

	private Receiver channel(String name, Rules rules, @Nullable String digest) {
		Receiver receiver = Receiver.start();
		open.add(receiver);
		add(name, rules, receiver.url(), digest, Limits.USUAL);
		return receiver;
	}

	private void add(String name, Rules rules, String url, @Nullable String digest, Limits limits) {
		Recurrence recurrence = (digest != null) ? Recurrence.of(new CronSchedule(digest, ZoneId.of("Europe/Berlin")))
				: null;
		channels.add(new Channel(name, rules, recurrence,
				new Webhook(WebAddress.of(url), Map.of(), Template.USUAL, new Web(null, limits, clock))));
	}

	private static Row record(String name, String answers) {
		return Told.row(name, answers);
	}

	private static Row neverJudged(String name) {
		return Row.of(new ApplicationName(name), null, null);
	}

	private double count(String channel, String outcome) {
		return meters.get("longhaul.notifications").tag("channel", channel).tag("outcome", outcome).counter().count();
	}

	private double waiting(String channel) {
		return meters.get("longhaul.notifications.waiting").tag("channel", channel).gauge().value();
	}

}
