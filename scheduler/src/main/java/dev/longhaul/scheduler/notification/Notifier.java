package dev.longhaul.scheduler.notification;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.scheduler.wording.VerdictTable.Row;
import dev.longhaul.scheduler.wording.Wording;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells every channel what its rules and the clock of its digest say. What is told is in
 * the database before {@link #tell} returns, and delivered by another thread: at least
 * once, in order, again after growing pauses, until it is taken, refused, or too old.
 * Nothing that goes wrong here reaches whoever tells.
 */
public final class Notifier implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

	/** Longer than {@link Limits#USUAL}, and shorter than {@link Deliveries#CLAIM}. */
	private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(60);

	/** Between two looks for what is due. */
	private static final Duration TICK = Duration.ofSeconds(5);

	/** For the thread to come to its end; what it does not end is done again later. */
	private static final Duration FAREWELL = Duration.ofSeconds(3);

	private final Channels channels;

	private final TransactionTemplate transactions;

	private final Outbox outbox;

	private final ToldBefore before;

	private final Deliveries deliveries;

	private final Digests digests;

	private final Courier courier = new Courier(LONGEST_ATTEMPT);

	private final Letters letters;

	private final Clock clock;

	private final Semaphore news = new Semaphore(0);

	private volatile boolean stopped;

	private @Nullable Thread thread;

	/**
	 * @param database with its tables
	 * @param rows of every application, for digests; may fail
	 */
	public Notifier(Channels channels, DataSource database, PlatformTransactionManager transactions,
			Supplier<List<Row>> rows, MeterRegistry meters, Clock clock) {
		JdbcClient jdbc = JdbcClient.create(database);
		this.channels = channels;
		this.transactions = new TransactionTemplate(transactions);
		this.outbox = new Outbox(jdbc);
		this.before = new ToldBefore(jdbc);
		this.deliveries = new Deliveries(outbox, courier, new Tally(meters, channels.all()), clock);
		this.digests = new Digests(before, rows);
		this.letters = new Letters(new Wording(channels.zone()));
		this.clock = clock;
	}

	/** Begins to deliver, also what was left undelivered before. Once. */
	public void start() {
		quietly(this::forgetOthers);
		if (channels.all().isEmpty()) {
			return;
		}
		Thread delivering = new Thread(this::run, "notifications");
		delivering.setDaemon(true);
		delivering.start();
		thread = delivering;
	}

	/** Tells every channel whose rules say so. Returns at once and does not throw. */
	public void tell(Occasion occasion) {
		quietly(() -> write(occasion, channel -> channel.rules().hears(occasion)));
	}

	/**
	 * Tells which verdicts are other than was told last. Of an application that is judged
	 * for the first time nothing is told. Returns at once and does not throw.
	 */
	public void judged(List<Row> applications) {
		if (!channels.all().isEmpty()) {
			quietly(() -> compare(applications.stream().filter(row -> row.verdict() != null).toList()));
		}
	}

	private synchronized void compare(List<Row> rows) {
		List<VerdictChange> changes = new ArrayList<>();
		for (Row row : rows) {
			Optional<Map<Clause, Answer>> told = before.verdict(row.application());
			told.flatMap(answers -> VerdictChange.between(answers, row)).ifPresent(changes::add);
			if (told.filter(row.answers()::equals).isEmpty()) {
				before.setVerdict(row.application(), row.answers());
			}
		}
		if (!changes.isEmpty()) {
			Occasion changed = new Occasion.VerdictChanged(changes);
			write(changed, channel -> channel.rules().hears(changed));
		}
	}

	/** A run is not to fail because nobody could be told of it. */
	private void quietly(Runnable writing) {
		try {
			transactions.executeWithoutResult(status -> writing.run());
			news.release();
		}
		catch (RuntimeException ex) {
			LOG.log(Level.ERROR, "the database takes no notification; it is not told", ex);
		}
	}

	private void write(Occasion occasion, Predicate<Channel> listens) {
		channels.all()
			.stream()
			.filter(listens)
			.forEach(channel -> deliveries.put(channel, letters.write(UUID.randomUUID(), occasion, clock.instant())));
	}

	private void run() {
		boolean failing = false;
		while (!stopped) {
			failing = roundFails(failing);
			try {
				news.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
				news.drainPermits();
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	/**
	 * @param failing whether the last one did, and it was said
	 */
	private boolean roundFails(boolean failing) {
		try {
			round();
			return false;
		}
		catch (RuntimeException ex) {
			if (!failing && !stopped) {
				LOG.log(Level.ERROR, "notifications cannot be delivered now; tried again", ex);
			}
			return true;
		}
	}

	/** Everything that is due now: digests, and attempts of all channels in turns. */
	void round() {
		tellDigests(clock.instant());
		List<Channel> busy = channels.all();
		while (!busy.isEmpty()) {
			busy = busy.stream().filter(channel -> !stopped && deliveries.attempt(channel)).toList();
		}
	}

	private void tellDigests(Instant now) {
		Standing standing = null;
		for (Channel channel : channels.all()) {
			Optional<Instant> settled = digests.due(channel, now);
			if (settled.isPresent()) {
				standing = (standing != null) ? standing : digests.standing();
				tellDigest(channel, new Occasion.Digest(standing), settled.get(), now);
			}
		}
	}

	private void tellDigest(Channel channel, Occasion.Digest digest, Instant settled, Instant now) {
		transactions.executeWithoutResult(status -> {
			if (before.settleDigest(channel.name(), settled, now)) {
				write(digest, channel::equals);
			}
		});
	}

	/** A channel that is configured no more can be told nothing. */
	private void forgetOthers() {
		for (String name : outbox.channels()) {
			if (channels.named(name).isEmpty()) {
				LOG.log(Level.WARNING, "{0} messages for channel ''{1}'', which is configured no more, are dropped",
						outbox.removeAll(name), name);
			}
		}
	}

	/** Ends attempts that are under way; they are made again after the next start. */
	@Override
	public void close() {
		stopped = true;
		courier.close();
		news.release();
		Thread delivering = thread;
		if (delivering != null) {
			try {
				delivering.join(FAREWELL.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
