package dev.longhaul.backupstore.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ObjectBodyTest {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final MutableClock clock = MutableClock.epochUTC();

	private boolean aborted;

	@Test
	void aServerThatTricklesIsGivenUpInTheEnd() {
		InputStream trickle = new ByteArrayInputStream(new byte[100]) {

			@Override
			public synchronized int read(byte[] buffer, int offset, int length) {
				clock.add(Duration.ofSeconds(7));
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
			clock.add(Duration.ofHours(1));
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

}
