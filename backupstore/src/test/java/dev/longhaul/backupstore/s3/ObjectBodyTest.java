package dev.longhaul.backupstore.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ObjectBodyTest {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final MovingClock clock = new MovingClock();

	private boolean aborted;

	@Test
	void aServerThatTricklesIsGivenUpInTheEnd() {
		InputStream trickle = new ByteArrayInputStream(new byte[100]) {

			@Override
			public synchronized int read(byte[] buffer, int offset, int length) {
				clock.move(Duration.ofSeconds(7));
				return super.read(buffer, offset, 1);
			}

		};

		assertThatIOException().isThrownBy(() -> body(trickle, 100).readAllBytes())
			.withMessage("'key' was given up: its bytes were waited for for more than 60 s");
		assertThat(aborted).isTrue();
	}

	@Test
	void aReaderMayTakeItsTime() throws IOException {
		ObjectBody body = body(new ByteArrayInputStream(new byte[100]), 100);

		for (int i = 0; i < 100; i++) {
			clock.move(Duration.ofHours(1));
			assertThat(body.read()).isZero();
		}

		assertThat(body.read()).isEqualTo(-1);
	}

	@Test
	void aBodyThatEndsEarlyIsAnError() {
		assertThatIOException().isThrownBy(() -> body(new ByteArrayInputStream(new byte[99]), 100).readAllBytes())
			.withMessage("'key' ended after 99 of 100 bytes");
	}

	@Test
	void onlyABodyReadToItsEndKeepsItsConnection() throws IOException {
		ObjectBody whole = body(new ByteArrayInputStream(new byte[100]), 100);
		whole.readNBytes(100);
		whole.close();
		assertThat(aborted).isFalse();

		ObjectBody part = body(new ByteArrayInputStream(new byte[100]), 100);
		part.readNBytes(99);
		part.close();
		assertThat(aborted).isTrue();
	}

	@Test
	void anInterruptIsAnInterruptedTransfer() {
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(InterruptedIOException.class)
				.isThrownBy(() -> body(new ByteArrayInputStream(new byte[100]), 100).read());
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			Thread.interrupted();
		}
	}

	private ObjectBody body(InputStream content, long size) {
		AbortableInputStream transfer = AbortableInputStream.create(content, () -> aborted = true);
		return new ObjectBody(new ResponseInputStream<>(GetObjectResponse.builder().build(), transfer), "key", size,
				clock, LIMIT);
	}

	private static final class MovingClock extends Clock {

		private Instant now = Instant.parse("2026-11-22T00:00:00Z");

		void move(Duration by) {
			now = now.plus(by);
		}

		@Override
		public Instant instant() {
			return now;
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
