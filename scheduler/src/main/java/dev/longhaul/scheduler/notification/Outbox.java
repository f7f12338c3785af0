package dev.longhaul.scheduler.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be told and was not delivered yet, channel by channel in the order of being
 * told. Several servers may share one: an attempt is claimed before it is made, and one
 * whose server died is made again when its claim has run out.
 */
final class Outbox {

	private final JdbcClient jdbc;

	Outbox(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** To be tried at once, after all that the channel was told before. */
	void put(String channel, Message message) {
		Night run = message.run();
		jdbc.sql("""
				INSERT INTO NOTIFICATION_OUTBOX (ID, CHANNEL, EVENT, URGENCY, TOLD_AT, SUBJECT, BODY, HTML,
					JOB, SCHEDULED_FOR, CODE, ATTEMPTS, NEXT_ATTEMPT)
				VALUES (:id, :channel, :event, :urgency, :toldAt, :subject, :body, :html,
					:job, :scheduledFor, :code, 0, :toldAt)""")
			.param("id", message.id().toString())
			.param("channel", channel)
			.param("event", message.event().name())
			.param("urgency", message.urgency().name())
			.param("toldAt", stored(message.at()))
			.param("subject", message.subject())
			.param("body", message.text())
			.param("html", message.html())
			.param("job", (run != null) ? run.job().value() : null)
			.param("scheduledFor", (run != null) ? stored(run.scheduledFor()) : null)
			.param("code", message.code())
			.update();
	}

	/** What the channel is to be told before all else. */
	Optional<Waiting> first(String channel) {
		return jdbc
			.sql("""
					SELECT ID, EVENT, URGENCY, TOLD_AT, SUBJECT, BODY, HTML, JOB, SCHEDULED_FOR, CODE, ATTEMPTS, NEXT_ATTEMPT
					FROM NOTIFICATION_OUTBOX WHERE CHANNEL = :channel ORDER BY TURN FETCH FIRST 1 ROW ONLY""")
			.param("channel", channel)
			.query((row, number) -> waiting(row))
			.optional();
	}

	private static Waiting waiting(ResultSet row) throws SQLException {
		Message message = new Message(UUID.fromString(row.getString("ID")), Event.valueOf(row.getString("EVENT")),
				Urgency.valueOf(row.getString("URGENCY")), instant(row, "TOLD_AT"), row.getString("SUBJECT"),
				row.getString("BODY"), row.getString("HTML"), run(row), row.getString("CODE"));
		return new Waiting(message, row.getInt("ATTEMPTS"), instant(row, "NEXT_ATTEMPT"));
	}

	private static @Nullable Night run(ResultSet row) throws SQLException {
		String job = row.getString("JOB");
		return (job != null) ? new Night(new JobName(job), instant(row, "SCHEDULED_FOR")) : null;
	}

	/**
	 * Before an attempt.
	 * @param until when somebody else may make the next one, if nothing is heard of this
	 * @return whether it is ours: nobody else has claimed it
	 */
	boolean claim(Waiting waiting, Instant until) {
		return jdbc.sql("""
				UPDATE NOTIFICATION_OUTBOX SET ATTEMPTS = ATTEMPTS + 1, NEXT_ATTEMPT = :until
				WHERE ID = :id AND ATTEMPTS = :attempts""")
			.param("until", stored(until))
			.param("id", waiting.message().id().toString())
			.param("attempts", waiting.attempts())
			.update() == 1;
	}

	/** After an attempt that came to nothing. */
	void postpone(UUID id, Instant nextAttempt) {
		jdbc.sql("UPDATE NOTIFICATION_OUTBOX SET NEXT_ATTEMPT = :next WHERE ID = :id")
			.param("next", stored(nextAttempt))
			.param("id", id.toString())
			.update();
	}

	void remove(UUID id) {
		jdbc.sql("DELETE FROM NOTIFICATION_OUTBOX WHERE ID = :id").param("id", id.toString()).update();
	}

	int count(String channel) {
		return jdbc.sql("SELECT COUNT(*) FROM NOTIFICATION_OUTBOX WHERE CHANNEL = :channel")
			.param("channel", channel)
			.query(Integer.class)
			.single();
	}

	/** Channels that something waits for; not more than a hundred. */
	List<String> channels() {
		return jdbc.sql("SELECT DISTINCT CHANNEL FROM NOTIFICATION_OUTBOX ORDER BY CHANNEL FETCH FIRST 100 ROWS ONLY")
			.query(String.class)
			.list();
	}

	/** Everything that the channel was to be told. */
	int removeAll(String channel) {
		return jdbc.sql("DELETE FROM NOTIFICATION_OUTBOX WHERE CHANNEL = :channel").param("channel", channel).update();
	}

	static OffsetDateTime stored(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	/**
	 * @param attempts that were begun
	 */
	record Waiting(Message message, int attempts, Instant nextAttempt) {
	}

}
