package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.TransientFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What is attempted again, how often and over which connection.
 */
class S3ObjectStoreRetryIT extends FaultyBucketScene {

	/** Every way to use a store, with the call it makes. */
	enum Use {

		LIST(Operation.LIST_OBJECTS), FIND(Operation.HEAD_OBJECT), OPEN(Operation.GET_OBJECT),
		PUT(Operation.PUT_OBJECT), DELETE(Operation.DELETE_OBJECTS), EXAMINE(Operation.GET_OBJECT_LOCK);

		private final Operation operation;

		Use(Operation operation) {
			this.operation = operation;
		}

		void of(S3ObjectStore store) {
			switch (this) {
				case LIST -> assertThat(store.list("", "").objects()).isNotEmpty();
				case FIND -> assertThat(store.find("there")).isPresent();
				case OPEN -> assertThat(contentOf(store, "there")).isEqualTo(bytes("content"));
				case PUT -> store.put("new", bytes("new"));
				case DELETE -> store.delete(List.of("new"));
				case EXAMINE -> assertThat(store.examine().serverTime()).isNotNull();
			}
		}

	}

	static Stream<Arguments> everyUseWithEveryPassingFault() {
		return Stream.of(Use.values())
			.flatMap(use -> Stream
				.of(Fault.noTomes(), Fault.internalError(), Fault.slowDown(Duration.ZERO), new Fault.Reset(),
						new Fault.LoseAnswer())
				.map(fault -> Arguments.of(use, fault)));
	}

	@ParameterizedTest
	@MethodSource("everyUseWithEveryPassingFault")
	void aPassingFaultIsSurvivedOnAnotherConnection(Use use, Fault fault) {
		bucket.front().faults().next(2, CallPattern.of(use.operation), fault);

		use.of(store);

		List<Call> calls = bucket.front().calls().latest(use.operation);
		assertThat(calls).hasSize(3);
		assertThat(calls).extracting(Call::connection).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource(names = { "OPEN", "PUT" })
	void aCallThatIsNeverAnsweredIsMadeOnAnotherConnection(Use use) {
		bucket.front().faults().next(1, CallPattern.of(use.operation), new Fault.Silence());

		try (S3ObjectStore impatient = bucket.openImpatiently()) {
			use.of(impatient);
		}

		List<Call> calls = bucket.front().calls().latest(use.operation);
		assertThat(calls.size()).isGreaterThanOrEqualTo(2);
		assertThat(calls).extracting(Call::connection).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource(Use.class)
	void aFaultThatDoesNotPassIsReportedAfterABoundedNumberOfAttempts(Use use) {
		bucket.front().faults().always(CallPattern.of(use.operation), Fault.noTomes());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> use.of(store))
			.withMessageStartingWith("could not ")
			.withMessageContaining("s3://backups@us-west-004: 503 ")
			.withMessageEndingWith("(4 attempts)")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.TARGET_UNREACHABLE));

		assertThat(bucket.front().calls().latest(use.operation)).hasSize(4);
	}

	@Test
	void theFactIsWhatTheStoreSaid() {
		bucket.front().faults().always(CallPattern.any(), Fault.noTomes());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> store.open("there"))
			.withMessage("could not open 'there' in s3://backups@us-west-004: 503 ServiceUnavailable: "
					+ "no tomes available (4 attempts)")
			.satisfies(failure -> assertThat(failure.hint())
				.isEqualTo("the store is busy or out of order; try again in a few minutes"));
	}

	@Test
	void theStoreMaySayWhenToComeBack() {
		bucket.front().faults().next(1, CallPattern.any(), Fault.slowDown(Duration.ofSeconds(1)));

		long before = System.nanoTime();
		assertThat(store.find("there")).isPresent();

		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void theStoreMayNotSayToComeBackNextWeek() {
		bucket.front().faults().next(1, CallPattern.any(), Fault.slowDown(Duration.ofDays(7)));

		long before = System.nanoTime();
		assertThat(store.find("there")).isPresent();

		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofSeconds(1),
				Duration.ofMinutes(1));
	}

	@Test
	void aListingThatIsCutIsAskedForAgain() {
		bucket.front().faults().next(1, CallPattern.of(Operation.LIST_OBJECTS), new Fault.CutBody(150));

		assertThat(store.list("", "").objects()).isNotEmpty();
	}

	@Test
	void aPutWhoseAnswerWasLostIsPutOnce() {
		bucket.front().faults().next(1, CallPattern.of(Operation.PUT_OBJECT), new Fault.LoseAnswer());

		store.put("put again", bytes("content"));

		assertThat(contentOf(store, "put again")).isEqualTo(bytes("content"));
		store.delete(List.of("put again"));
	}

	@Test
	void anAnswerThatIsSlowIsWaitedFor() {
		bucket.front().faults().next(1, CallPattern.any(), new Fault.Delay(Duration.ofMillis(300)));

		assertThat(store.find("there")).isPresent();

		assertThat(bucket.front().calls().latest()).hasSize(1);
	}

	@Test
	void contentThatIsCutIsAnErrorAndNotAnEnd() throws IOException {
		store.put("large", new byte[100_000]);
		bucket.front().faults().next(1, CallPattern.of(Operation.GET_OBJECT), new Fault.CutBody(60_000));

		try (StoredObject object = store.open("large").orElseThrow()) {
			assertThat(object.content().readNBytes(60_000)).hasSize(60_000);
			assertThatIOException().isThrownBy(() -> object.content().read());
		}
		assertThat(contentOf(store, "large")).as("on the next connection").hasSize(100_000);
		store.delete(List.of("large"));
	}

	@Test
	void contentThatIsCutBeforeItsFirstByteIsAnErrorToo() throws IOException {
		bucket.front().faults().next(1, CallPattern.of(Operation.GET_OBJECT), new Fault.CutBody(0));

		try (StoredObject object = store.open("there").orElseThrow()) {
			assertThatIOException().isThrownBy(() -> object.content().readAllBytes());
		}
	}

	@Test
	void contentThatStopsComingIsGivenUp() throws IOException {
		store.put("large", new byte[100_000]);
		bucket.front().faults().next(1, CallPattern.of(Operation.GET_OBJECT), new Fault.Stall(60_000));

		try (StoredObject object = store.open("large").orElseThrow()) {
			assertThatIOException().isThrownBy(() -> object.content().readAllBytes())
				.withMessageContaining("timed out");
		}
		store.delete(List.of("large"));
	}

	@Test
	void aThreadThatIsToldToStopStopsWaiting() throws Exception {
		bucket.front().faults().always(CallPattern.any(), new Fault.Silence());
		CompletableFuture<Throwable> thrown = new CompletableFuture<>();
		CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			thrown.complete(catchThrowable(() -> store.find("there")));
			stillInterrupted.complete(Thread.currentThread().isInterrupted());
		});

		thread.start();
		await().until(() -> !bucket.front().calls().latest().isEmpty());
		thread.interrupt();

		assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(Interruption.class)
			.hasMessage("interrupted while trying to look at 'there' in s3://backups@us-west-004");
		assertThat(stillInterrupted.get(30, TimeUnit.SECONDS)).isTrue();
	}

	private static byte[] contentOf(S3ObjectStore store, String key) {
		try (StoredObject object = store.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
