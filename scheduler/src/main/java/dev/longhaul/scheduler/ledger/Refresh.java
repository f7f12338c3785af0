package dev.longhaul.scheduler.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.longhaul.backupstore.catalog.CatalogDocument;
import dev.longhaul.backupstore.catalog.CatalogDocuments;
import dev.longhaul.backupstore.catalog.CatalogDocuments.Entry;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.scheduler.ledger.DocumentRows.Mark;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One refresh of the ledger. Each document is replaced in one transaction, and what it
 * touches is marked in the same: who is killed in between, and refreshes again, ends
 * where he would have ended.
 */
final class Refresh {

	/** A commit is a write to the disk. */
	private static final int JUDGED_AT_ONCE = 50;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final CatalogDocuments documents;

	private final Clock clock;

	private final DocumentRows rows;

	private final boolean rereadsRefused;

	private final Turn turn;

	private final Map<String, Mark> marks;

	private final Set<String> listed = new HashSet<>();

	private int read;

	private int removed;

	private int judged;

	private Refresh(JdbcTemplate template, TransactionTemplate transactions, CatalogDocuments documents, Clock clock,
			boolean rereadsRefused) {
		this.template = template;
		this.jdbc = JdbcClient.create(template);
		this.transactions = transactions;
		this.documents = documents;
		this.clock = clock;
		this.rows = new DocumentRows(template);
		this.rereadsRefused = rereadsRefused;
		this.turn = inTransaction(() -> Turn.take(jdbc, documents.origin(), rows));
		this.marks = rows.marks();
	}

	/**
	 * @param rereadsRefused whether this process has not looked at refused documents yet:
	 * another version of the program may understand them
	 * @throws LonghaulException if the bucket cannot be read; what was read stays
	 */
	static Refreshed run(JdbcTemplate template, TransactionTemplate transactions, CatalogDocuments documents,
			Clock clock, boolean rereadsRefused) {
		return new Refresh(template, transactions, documents, clock, rereadsRefused).run();
	}

	private Refreshed run() {
		Instant began = clock.instant();
		try {
			documents.forEach(this::visit);
			removeWhatIsGone();
			write(() -> Settlement.settle(template, rows, documents));
			judge();
			write(() -> {
				Coverages.recount(template);
				turn.complete(began);
			});
		}
		catch (Turn.LostTurn ex) {
			// The other server goes on from here.
			return new Refreshed(read, removed, judged);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			noteFailure(ex);
			throw ex;
		}
		return new Refreshed(read, removed, judged);
	}

	private void visit(Entry entry) {
		listed.add(entry.key());
		Mark mark = marks.get(entry.key());
		if (mark != null && mark.knows(entry) && !(mark.isRefused() && rereadsRefused)) {
			return;
		}
		// Before it is read: what replaces it meanwhile is younger than this.
		Instant readAt = clock.instant();
		try {
			Optional<CatalogDocument> document = documents.read(entry);
			document.ifPresentOrElse(found -> keep(mark, entry, found, readAt), () -> listed.remove(entry.key()));
		}
		catch (DamagedData ex) {
			refuse(mark, entry, ex.fact(), readAt);
		}
	}

	private void keep(@Nullable Mark mark, Entry entry, CatalogDocument document, Instant readAt) {
		if (mark != null && mark.isOf(document)) {
			write(() -> rows.seenAgain(mark, entry, readAt));
			return;
		}
		try {
			write(() -> rows.replace(mark, entry, document, readAt));
			read++;
		}
		catch (DataIntegrityViolationException ex) {
			refuse(mark, entry, "%s says more than the database has room for".formatted(entry.key()), readAt);
		}
	}

	private void refuse(@Nullable Mark mark, Entry entry, String reason, Instant readAt) {
		write(() -> rows.refuse(mark, entry, reason, readAt));
		read++;
	}

	/** Only after a listing that came to its end. */
	private void removeWhatIsGone() {
		for (Map.Entry<String, Mark> known : marks.entrySet()) {
			if (!listed.contains(known.getKey())) {
				write(() -> rows.remove(known.getValue()));
				removed++;
			}
		}
	}

	private void judge() {
		Judging judging = new Judging(template, new Evidence(jdbc));
		int some;
		do {
			some = inTransaction(() -> {
				turn.require();
				return judging.judgeSome(JUDGED_AT_ONCE);
			});
			judged += some;
		}
		while (some > 0);
	}

	private void noteFailure(LonghaulException failure) {
		try {
			write(() -> turn.failed(clock.instant(), failure));
		}
		catch (Turn.LostTurn ex) {
			// Then it is for the other server to say how it went.
		}
	}

	private void write(Runnable change) {
		inTransaction(() -> {
			turn.require();
			change.run();
			return 0;
		});
	}

	private <T> T inTransaction(Supplier<T> work) {
		T result = transactions.execute(status -> work.get());
		if (result == null) {
			throw new IllegalStateException("a transaction without a result");
		}
		return result;
	}

}
