package dev.longhaul.bucket;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * An S3 endpoint on a free port of 127.0.0.1. Buckets are addressed by path, and a
 * request without the right signature is refused.
 * <p>
 * In a directory, a bucket is a directory and an object is a file of the same path, so
 * objects may also be put there or damaged from outside.
 */
public final class EmbeddedS3 implements AutoCloseable {

	private final BlobStore objects;

	private final S3Proxy server;

	private EmbeddedS3(BlobStore objects, AccessKey accessKey) {
		this.objects = objects;
		this.server = S3Proxy.builder()
			.blobStore(objects)
			.awsAuthentication(AuthenticationType.AWS_V4, accessKey.id(), accessKey.secret())
			.endpoint(URI.create("http://127.0.0.1:0"))
			// Nobody waits for requests that are under way when a test is over.
			.stopTimeout(0)
			.build();
	}

	/**
	 * @param directory is created if it is not there
	 */
	public static EmbeddedS3 inDirectory(Path directory, AccessKey accessKey) throws IOException {
		Files.createDirectories(directory);
		return started(new EmbeddedS3(new FilesystemNio2BlobStore(directory.toString()), accessKey));
	}

	public static EmbeddedS3 inMemory(AccessKey accessKey) throws IOException {
		return started(new EmbeddedS3(new TransientNio2BlobStore(), accessKey));
	}

	private static EmbeddedS3 started(EmbeddedS3 endpoint) throws IOException {
		try {
			endpoint.server.start();
			return endpoint;
		}
		catch (Exception ex) {
			throw new IOException("the embedded S3 endpoint did not start", ex);
		}
	}

	/** {@code http://127.0.0.1:<port>}. */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + server.getPort());
	}

	/** Creates a bucket; one that is already there stays as it is. */
	public void createBucket(String name) {
		if (!objects.containerExists(name)) {
			objects.createContainer(CreateBucketRequest.builder().bucket(name).build());
		}
	}

	/**
	 * From now on a bucket hides what is replaced or deleted, as every bucket of B2 does.
	 * Only in memory.
	 */
	public void keepVersions(String name) {
		objects.putBucketVersioning(name, BucketVersioningStatus.ENABLED);
	}

	@Override
	public void close() throws IOException {
		try {
			server.stop();
		}
		catch (Exception ex) {
			throw new IOException("the embedded S3 endpoint did not stop", ex);
		}
		finally {
			objects.close();
		}
	}

}
