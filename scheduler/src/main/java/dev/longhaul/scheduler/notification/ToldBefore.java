package dev.longhaul.scheduler.notification;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was told last, so that only what is new is told.
 */
final class ToldBefore {

	private final JdbcClient jdbc;

	ToldBefore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Empty if nothing was ever told of the application. */
	Optional<Map<Clause, Answer>> verdict(ApplicationName application) {
		Map<Clause, Answer> answers = new EnumMap<>(Clause.class);
		jdbc.sql("SELECT CLAUSE, ANSWER FROM NOTIFICATION_VERDICT WHERE APPLICATION = :application")
			.param("application", application.value())
			.query(row -> {
				answers.put(Clause.valueOf(row.getString("CLAUSE")), Answer.valueOf(row.getString("ANSWER")));
			});
		return answers.isEmpty() ? Optional.empty() : Optional.of(answers);
	}

	void setVerdict(ApplicationName application, Map<Clause, Answer> answers) {
		jdbc.sql("DELETE FROM NOTIFICATION_VERDICT WHERE APPLICATION = :application")
			.param("application", application.value())
			.update();
		answers.forEach((clause, answer) -> jdbc.sql(
				"INSERT INTO NOTIFICATION_VERDICT (APPLICATION, CLAUSE, ANSWER) VALUES (:application, :clause, :answer)")
			.param("application", application.value())
			.param("clause", clause.name())
			.param("answer", answer.name())
			.update());
	}

	/** Up to when the digests of a channel were looked after; empty if never. */
	Optional<Instant> digestSettled(String channel) {
		return jdbc.sql("SELECT SETTLED_AT FROM NOTIFICATION_DIGEST WHERE CHANNEL = :channel")
			.param("channel", channel)
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

	/** For the first time. */
	void beginDigests(String channel, Instant now) {
		jdbc.sql("INSERT INTO NOTIFICATION_DIGEST (CHANNEL, SETTLED_AT) VALUES (:channel, :now)")
			.param("channel", channel)
			.param("now", Outbox.stored(now))
			.update();
	}

	/**
	 * @return whether it was us who did it: another server may have been faster
	 */
	boolean settleDigest(String channel, Instant before, Instant now) {
		return jdbc.sql("""
				UPDATE NOTIFICATION_DIGEST SET SETTLED_AT = :now
				WHERE CHANNEL = :channel AND SETTLED_AT = :before""")
			.param("now", Outbox.stored(now))
			.param("channel", channel)
			.param("before", Outbox.stored(before))
			.update() == 1;
	}

}
