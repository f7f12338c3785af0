package dev.longhaul.gitops.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import dev.longhaul.core.job.CronSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecurrenceTest {

	private static final String BERLIN = "Europe/Berlin";

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "30 2 * * *       ; 2026-11-22T02:30:00Z ; 2026-11-23T02:30:00Z",
					"*/20 * * * *     ; 2026-11-22T02:30:00Z ; 2026-11-22T02:40:00Z",
					"5/20 * * * *     ; 2026-11-22T02:30:00Z ; 2026-11-22T02:45:00Z",
					"0 3 1,15 * *     ; 2026-11-22T02:30:00Z ; 2026-12-01T03:00:00Z",
					"0 3 * jan mon-fri; 2026-11-22T02:30:00Z ; 2027-01-01T03:00:00Z",
					"0 3 * * SUN      ; 2026-11-22T03:00:00Z ; 2026-11-29T03:00:00Z",
					"0 3 * * 0        ; 2026-11-22T03:00:00Z ; 2026-11-29T03:00:00Z",
					"0 3 29 2 *       ; 2026-11-22T02:30:00Z ; 2028-02-29T03:00:00Z",
					"0 3 31 * *       ; 2026-11-22T02:30:00Z ; 2026-12-31T03:00:00Z",
					"@daily           ; 2026-11-22T02:30:00Z ; 2026-11-23T00:00:00Z",
					"@hourly          ; 2026-11-22T02:30:00Z ; 2026-11-22T03:00:00Z",
					"@weekly          ; 2026-11-22T02:30:00Z ; 2026-11-29T00:00:00Z" })
	void comesDueAsKubernetesHasIt(String expression, Instant after, Instant due) {
		assertThat(of(expression, "UTC").next(after)).contains(due);
	}

	@Test
	void isContentWithEitherDayIfBothAreRestricted() {
		List<Instant> due = of("0 0 13 * 5", "UTC").next(Instant.parse("2026-12-01T00:00:00Z"), 5);

		assertThat(due).containsExactly(at("2026-12-04T00:00:00Z"), at("2026-12-11T00:00:00Z"),
				at("2026-12-13T00:00:00Z"), at("2026-12-18T00:00:00Z"), at("2026-12-25T00:00:00Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0 0 ? * 5", "0 0 * * 5" })
	void takesAQuestionMarkForAnyDay(String expression) {
		assertThat(of(expression, "UTC").next(at("2026-12-01T00:00:00Z"), 2))
			.containsExactly(at("2026-12-04T00:00:00Z"), at("2026-12-11T00:00:00Z"));
	}

	@Test
	void takesAQuestionMarkForAnyDayOfTheWeek() {
		assertThat(of("0 0 13 * ?", "UTC").next(at("2026-12-01T00:00:00Z"), 2))
			.containsExactly(at("2026-12-13T00:00:00Z"), at("2027-01-13T00:00:00Z"));
	}

	@Test
	void isLateRatherThanLeftOutWhereTheClockIsMovedForward() {
		List<Instant> due = of("30 2 * * *", BERLIN).next(at("2026-03-28T00:00:00Z"), 3);

		assertThat(due).containsExactly(at("2026-03-28T01:30:00Z"), at("2026-03-29T01:30:00Z"),
				at("2026-03-30T00:30:00Z"));
	}

	@Test
	void comesDueOnceWhereTheClockIsMovedBack() {
		List<Instant> due = of("30 2 * * *", BERLIN).next(at("2026-10-24T12:00:00Z"), 3);

		assertThat(due).containsExactly(at("2026-10-25T00:30:00Z"), at("2026-10-26T01:30:00Z"),
				at("2026-10-27T01:30:00Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-10-25T00:30:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z",
			"2026-10-25T01:29:00Z", "2026-10-25T01:59:59Z", "2026-10-25T02:00:00Z" })
	void isNotDueAgainForWhoeverAsksInTheHourThatIsThereTwice(String after) {
		assertThat(of("30 2 * * *", BERLIN).next(at(after))).contains(at("2026-10-26T01:30:00Z"));
	}

	@Test
	void keepsItsIntervalOverTheHourThatIsThereTwiceAndTheOneThatIsNot() {
		assertThat(of("*/30 * * * *", BERLIN).next(at("2026-10-25T00:00:00Z"), 4)).containsExactly(
				at("2026-10-25T00:30:00Z"), at("2026-10-25T01:00:00Z"), at("2026-10-25T01:30:00Z"),
				at("2026-10-25T02:00:00Z"));
		assertThat(of("*/30 * * * *", BERLIN).next(at("2026-03-29T00:00:00Z"), 4)).containsExactly(
				at("2026-03-29T00:30:00Z"), at("2026-03-29T01:00:00Z"), at("2026-03-29T01:30:00Z"),
				at("2026-03-29T02:00:00Z"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '"', value = {
			"61 0 * * *     ; '61 0 * * *' is no cron expression: Value 61 not in range [0, 59]",
			"0 0 * * 7      ; '0 0 * * 7' is no cron expression: Value 7 not in range [0, 6]",
			"0 0 * *        ; '0 0 * *' is no cron expression: Cron expression contains 4 parts but we expect one of [5]",
			"0 0 0 * * *    ; '0 0 0 * * *' is no cron expression: Cron expression contains 6 parts but we expect one of [5]",
			"*/0 0 * * *    ; '*/0 0 * * *' is no cron expression: Period 0 not in range [0, 59]",
			"10-5 0 * * *   ; '10-5 0 * * *' is no cron expression: Invalid range! [10,5]",
			"0 0 L * *      ; '0 0 L * *' is no cron expression: only numbers, names, '*', ',', '-' and '/' belong there",
			"0 0 30 2 *     ; '0 0 30 2 *' never comes due" })
	void refusesWhatNobodyCouldMean(String expression, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression, "UTC")).withMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "every night", "@every 5m", "@reboot", "TZ=UTC 0 0 * * *", "1,,2 0 * * *",
			"99999999999999999999 0 * * *", "* * * * foo", "\u0000 * * * *" })
	void refusesEverythingElseInASentence(String expression) {
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression, "UTC"))
			.withMessageStartingWith("'" + expression + "' is no cron expression: ");
	}

	private static Recurrence of(String expression, String zone) {
		return Recurrence.of(new CronSchedule(expression, ZoneId.of(zone)));
	}

	private static Instant at(String instant) {
		return Instant.parse(instant);
	}

}
