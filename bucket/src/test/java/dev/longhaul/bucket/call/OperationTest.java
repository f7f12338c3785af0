package dev.longhaul.bucket.call;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperationTest {

	@ParameterizedTest
	@CsvSource({ "GET, /, LIST_BUCKETS, C", "GET, /b?list-type=2&prefix=x, LIST_OBJECTS, C",
			"GET, /b/, LIST_OBJECTS, C", "GET, /b?versions, LIST_OBJECT_VERSIONS, C",
			"GET, /b?object-lock, GET_OBJECT_LOCK, B", "GET, /b?location, OTHER, C", "HEAD, /b, HEAD_BUCKET, C",
			"PUT, /b, CREATE_BUCKET, C", "POST, /b?delete, DELETE_OBJECTS, A", "GET, /b/k, GET_OBJECT, B",
			"HEAD, /b/k, HEAD_OBJECT, B", "PUT, /b/k, PUT_OBJECT, A", "DELETE, /b/k, DELETE_OBJECT, A",
			"PUT, /b/k?partNumber=1&uploadId=u, MULTIPART_WRITE, A", "GET, /b/k?uploadId=u, LIST_PARTS, C" })
	void aCallIsKnownByItsRequestLine(String method, String uri, Operation operation, CallClass callClass) {
		Call call = Call.of(1, 1, method, uri, List.of());

		assertThat(call.operation()).isEqualTo(operation);
		assertThat(call.operation().callClass()).isEqualTo(callClass);
	}

	@Test
	void aPutThatNamesASourceIsACopy() {
		Call call = Call.of(1, 1, "PUT", "/b/k", List.of(Map.entry("X-Amz-Copy-Source", "/b/j")));

		assertThat(call.operation()).isEqualTo(Operation.COPY_OBJECT);
	}

	@Test
	void aKeyIsDecodedAsAPath() {
		Call call = Call.of(1, 1, "GET", "/b/a%20b+c/%C3%BC", List.of());

		assertThat(call.bucket()).isEqualTo("b");
		assertThat(call.key()).isEqualTo("a b+c/ü");
	}

}
