package dev.longhaul.core.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.CheckResult.NotRun;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.verdict.Proof.Refuted;
import dev.longhaul.core.verdict.Proof.Unread;

/**
 * 3-2-1-1-0 judged for one application over its copies.
 *
 * @param judgements one per clause, in the order of {@link Clause}
 */
public record Verdict(ApplicationName application, List<Judgement> judgements) {

	private static final int COPIES_WANTED = 3;

	private static final int MEDIA_WANTED = 2;

	public Verdict {
		judgements = List.copyOf(judgements);
	}

	/**
	 * Judges. Pure: the same copies give the same verdict.
	 * @param live the running volumes; they count as one copy however many replicas they
	 * have, because a deleted file is deleted in all of them
	 * @param backups the other copies, newest restore point each
	 */
	public static Verdict judge(ApplicationName application, Copy live, List<Copy> backups) {
		return judge(application, live, backups, List.of());
	}

	/**
	 * @param doubts places of which nobody knows whether there is a copy now; a clause
	 * that only holds if there is one is unknown
	 */
	public static Verdict judge(ApplicationName application, Copy live, List<Copy> backups, List<Doubt> doubts) {
		List<Judgement> sure = judge(live, backups);
		if (doubts.isEmpty()) {
			return new Verdict(application, sure);
		}
		List<Copy> atBest = new ArrayList<>(backups);
		doubts.forEach(doubt -> atBest.add(doubt.place().copy(new Unread(doubt.reason()))));
		List<Judgement> best = judge(live, atBest);
		String unknown = doubts.stream()
			.map(doubt -> "of %s nobody knows: %s".formatted(doubt.place().name(), doubt.reason()))
			.collect(Collectors.joining("; "));
		List<Judgement> judged = new ArrayList<>();
		for (int clause = 0; clause < sure.size(); clause++) {
			judged.add(doubted(sure.get(clause), best.get(clause), unknown));
		}
		return new Verdict(application, judged);
	}

	/** What would only hold with a copy that nobody knows of is unknown. */
	private static Judgement doubted(Judgement sure, Judgement best, String unknown) {
		if (sure.answer() == best.answer()) {
			return sure;
		}
		return new Judgement(sure.clause(), Answer.UNKNOWN, "%s; %s".formatted(sure.evidence(), unknown));
	}

	private static List<Judgement> judge(Copy live, List<Copy> backups) {
		List<Copy> all = new ArrayList<>();
		all.add(live);
		all.addAll(backups);
		return List.of(copies(all), media(all), away(live, backups), immutable(backups), errors(backups));
	}

	public Judgement on(Clause clause) {
		return judgements.stream().filter(judgement -> judgement.clause() == clause).findFirst().orElseThrow();
	}

	/** Holds if every clause holds, fails if any fails, otherwise unknown. */
	public Answer overall() {
		if (judgements.stream().anyMatch(judgement -> judgement.answer() == Answer.FAILS)) {
			return Answer.FAILS;
		}
		boolean allHold = judgements.stream().allMatch(judgement -> judgement.answer() == Answer.HOLDS);
		return allHold ? Answer.HOLDS : Answer.UNKNOWN;
	}

	/** The clauses that do not hold, those that fail first. */
	public List<Judgement> open() {
		return judgements.stream()
			.filter(judgement -> judgement.answer() != Answer.HOLDS)
			.sorted((a, b) -> Boolean.compare(b.answer() == Answer.FAILS, a.answer() == Answer.FAILS))
			.toList();
	}

	private static Judgement copies(List<Copy> copies) {
		List<Copy> usable = copies.stream().filter(copy -> !(copy.proof() instanceof Refuted)).toList();
		Answer answer = (usable.size() >= COPIES_WANTED) ? Answer.HOLDS : Answer.FAILS;
		String places = usable.stream().map(Copy::place).collect(Collectors.joining(", "));
		return new Judgement(Clause.COPIES, answer,
				"%d of %d copies: %s".formatted(usable.size(), COPIES_WANTED, places));
	}

	private static Judgement media(List<Copy> copies) {
		List<String> media = copies.stream().map(Copy::medium).distinct().toList();
		Answer answer = (media.size() >= MEDIA_WANTED) ? Answer.HOLDS : Answer.FAILS;
		return new Judgement(Clause.MEDIA, answer, String.join(", ", media));
	}

	private static Judgement away(Copy live, List<Copy> backups) {
		if (live.site() == null) {
			return new Judgement(Clause.AWAY, Answer.UNKNOWN, "the site of the cluster is not declared");
		}
		Optional<Copy> elsewhere = backups.stream()
			.filter(copy -> copy.site() != null && !copy.site().equals(live.site()))
			.findFirst();
		if (elsewhere.isPresent()) {
			return new Judgement(Clause.AWAY, Answer.HOLDS, "%s is at '%s', the cluster at '%s'"
				.formatted(elsewhere.get().place(), elsewhere.get().site(), live.site()));
		}
		List<String> undeclared = backups.stream().filter(copy -> copy.site() == null).map(Copy::place).toList();
		if (!undeclared.isEmpty()) {
			return new Judgement(Clause.AWAY, Answer.UNKNOWN, "the site of %s is not declared".formatted(undeclared));
		}
		return new Judgement(Clause.AWAY, Answer.FAILS, "every copy is at '%s'".formatted(live.site()));
	}

	private static Judgement immutable(List<Copy> backups) {
		return firstOf(Clause.IMMUTABLE, List.of(Answer.HOLDS, Answer.UNKNOWN, Answer.FAILS),
				backups.stream()
					.map(copy -> new Judgement(Clause.IMMUTABLE, copy.immutable(), copy.immutabilityEvidence()))
					.toList());
	}

	private static Judgement errors(List<Copy> backups) {
		List<Judgement> readBack = backups.stream().map(Verdict::readBack).toList();
		Judgement decisive = firstOf(Clause.ERRORS, List.of(Answer.FAILS, Answer.HOLDS, Answer.UNKNOWN), readBack);
		if (decisive.answer() != Answer.HOLDS) {
			return decisive;
		}
		Stream<String> unread = readBack.stream()
			.filter(judgement -> judgement.answer() == Answer.UNKNOWN)
			.map(Judgement::evidence);
		return new Judgement(Clause.ERRORS, Answer.HOLDS,
				Stream.concat(Stream.of(decisive.evidence()), unread).collect(Collectors.joining("; ")));
	}

	private static Judgement readBack(Copy copy) {
		Proof proof = copy.proof();
		if (proof instanceof Proven proven) {
			return readBack(copy.place(), proven);
		}
		if (proof instanceof Refuted refuted) {
			return new Judgement(Clause.ERRORS, Answer.FAILS, refuted.finding());
		}
		return new Judgement(Clause.ERRORS, Answer.UNKNOWN, ((Unread) proof).reason());
	}

	/**
	 * A check that was asked for and could not be run leaves open whether there is an
	 * error, whatever the blocks show.
	 */
	private static Judgement readBack(String place, Proven proven) {
		String blocks = "%d blocks, %s of %s read back".formatted(proven.blocks(), proven.read(), place);
		List<String> open = proven.checks()
			.stream()
			.filter(NotRun.class::isInstance)
			.map(NotRun.class::cast)
			.map(check -> "not checked: %s, because %s".formatted(check.what(), check.reason()))
			.toList();
		if (!open.isEmpty()) {
			return new Judgement(Clause.ERRORS, Answer.UNKNOWN, blocks + "; " + String.join("; ", open));
		}
		String checked = proven.checks().stream().map(CheckResult::what).collect(Collectors.joining(", "));
		return new Judgement(Clause.ERRORS, Answer.HOLDS,
				checked.isEmpty() ? blocks : blocks + "; checked: " + checked);
	}

	/** The judgement whose answer comes first in the order that decides this clause. */
	private static Judgement firstOf(Clause clause, List<Answer> order, List<Judgement> candidates) {
		return order.stream()
			.flatMap(answer -> candidates.stream().filter(candidate -> candidate.answer() == answer))
			.findFirst()
			.orElseGet(() -> new Judgement(clause, Answer.FAILS, "there is no backup"));
	}

}
