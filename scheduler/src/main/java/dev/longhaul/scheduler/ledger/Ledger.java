package dev.longhaul.scheduler.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.CatalogDocuments;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the bucket tells, to be asked in milliseconds. It answers with what it held after
 * the last refresh, and says when that was.
 * <p>
 * Safe for use by many threads.
 */
public final class Ledger {

	/** Three years and a leap day: more squares than a calendar has room for. */
	private static final Duration LONGEST_CALENDAR = Duration.ofDays(3 * 365 + 1);

	private static final int MOST_REFUSALS = 500;

	/** Some years of a few volumes: a picture shows no more. */
	private static final int MOST_SIZES = 5000;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final TransactionTemplate writing;

	private final TransactionTemplate reading;

	private final CatalogDocuments documents;

	private final Clock clock;

	private final ReentrantLock refreshing = new ReentrantLock();

	private boolean isFirst = true;

	public Ledger(DataSource database, PlatformTransactionManager transactions, CatalogDocuments documents,
			Clock clock) {
		this.template = new JdbcTemplate(database);
		this.jdbc = JdbcClient.create(template);
		this.writing = new TransactionTemplate(transactions);
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		// What was judged while half of a page was read is for the next page.
		this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.documents = documents;
		this.clock = clock;
	}

	/**
	 * Takes in what has changed in the bucket, and judges what it touches. One thread at
	 * a time: another one waits, and then looks for itself, because the first may have
	 * listed before the second had written. Costs a list call for every 1,000 objects and
	 * a get for every document that is new or young.
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket cannot be read;
	 * the ledger stays as it was, and {@link #freshness()} says since when
	 */
	public Refreshed refresh() {
		refreshing.lock();
		try {
			Refreshed refreshed = Refresh.run(template, writing, documents, clock, isFirst);
			isFirst = false;
			return refreshed;
		}
		finally {
			refreshing.unlock();
		}
	}

	/** How old the answers are. */
	public Freshness freshness() {
		return jdbc.sql("SELECT complete_at, failing_since, failure FROM ledger_state WHERE id = 1")
			.query((row, number) -> new Freshness(Columns.instantOrNull(row, "complete_at"),
					Columns.instantOrNull(row, "failing_since"), row.getString("failure")))
			.single();
	}

	/** All applications at a glance. */
	public Overview overview() {
		return ask(() -> new Overview(new ApplicationRows(jdbc).all(),
				jdbc.sql("SELECT COUNT(*) FROM ledger_refusal").query(Integer.class).single(), freshness()));
	}

	/** Empty if nothing is recorded of it. */
	public Optional<ApplicationDetails> application(ApplicationName name, Instant now) {
		return ask(() -> new ApplicationRows(jdbc).find(name, now));
	}

	/**
	 * The restore points of an application, newest first.
	 * @param after null for the first page
	 * @param limit 1 to 500
	 * @throws IllegalArgumentException if the limit is another, or the cursor is of
	 * another list
	 */
	public Page<StoredPoint> restorePoints(ApplicationName application, @Nullable Cursor after, int limit) {
		return ask(() -> new PointRows(jdbc).of(application, after, limit));
	}

	/**
	 * The same, each with where it is and what reading it back there showed. Costs more.
	 */
	public Page<HeldPoint> heldPoints(ApplicationName application, @Nullable Cursor after, int limit) {
		return ask(() -> new PointRows(jdbc).held(application, after, limit));
	}

	/**
	 * How large the volumes of an application were, newest first: the last
	 * {@value #MOST_SIZES} backups of them.
	 */
	public List<StoredSize> sizes(ApplicationName application) {
		return ask(() -> new PointRows(jdbc).sizes(application, MOST_SIZES));
	}

	/**
	 * What is known of a place besides the live volumes; empty if nobody recorded
	 * anything of it.
	 * @param name as verdicts name it
	 */
	public Optional<SeenPlace> place(String name) {
		return ask(() -> new PlaceRows(jdbc).find(name));
	}

	/** Empty if the night made none of that application, or it is not believed. */
	public Optional<PointDetails> restorePoint(ApplicationName application, Night night) {
		return ask(() -> new PointRows(jdbc).find(application, night));
	}

	/**
	 * Volumes with their newest backup, by application and claim.
	 * @param application null for those of all
	 * @param after null for the first page
	 * @param limit 1 to 500
	 * @throws IllegalArgumentException if the limit is another, or the cursor is of
	 * another list
	 */
	public Page<StoredVolume> volumes(@Nullable ApplicationName application, @Nullable Cursor after, int limit) {
		return ask(() -> new ApplicationRows(jdbc).volumes(application, after, limit));
	}

	/**
	 * What was read back, day by day in UTC, oldest first; days without an answer are
	 * left out.
	 * @param until not this day any more
	 * @throws IllegalArgumentException if that is more than three years
	 */
	public List<ReadingDay> readings(LocalDate from, LocalDate until) {
		if (from.plusDays(LONGEST_CALENDAR.toDays()).isBefore(until)) {
			throw new IllegalArgumentException(
					"from %s to %s are more than %d days".formatted(from, until, LONGEST_CALENDAR.toDays()));
		}
		return ask(() -> new ReadingDays(jdbc).between(from, until));
	}

	/**
	 * How much of each place was read back within a span up to now, to the day; the
	 * target first, then the mirrors.
	 */
	public List<Coverage> coverage(Instant now, Duration span) {
		return ask(() -> new Coverages(jdbc).since(now.minus(span)));
	}

	/** Documents that are not believed, and why: the first {@value #MOST_REFUSALS}. */
	public List<Refusal> refusals() {
		return jdbc.sql("SELECT subject, reason FROM ledger_refusal ORDER BY place LIMIT ?")
			.param(MOST_REFUSALS)
			.query((row, number) -> new Refusal(row.getString("subject"), row.getString("reason")))
			.list();
	}

	private <T> T ask(Supplier<T> question) {
		T answer = reading.execute(status -> question.get());
		if (answer == null) {
			throw new IllegalStateException("a question without an answer");
		}
		return answer;
	}

}
