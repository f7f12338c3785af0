package dev.longhaul.bucket;

import java.net.URI;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK's client as a stranger would set it up: signs, and never tries twice.
 */
public final class SignedClient {

	private SignedClient() {
	}

	public static S3Client careful(URI endpoint, AccessKey key) {
		return builder(endpoint, key).requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.build();
	}

	public static S3Client withDefaults(URI endpoint, AccessKey key) {
		return builder(endpoint, key).build();
	}

	private static S3ClientBuilder builder(URI endpoint, AccessKey key) {
		return S3Client.builder()
			.httpClient(Apache5HttpClient.create())
			.endpointOverride(endpoint)
			.region(Region.of("us-west-004"))
			.forcePathStyle(true)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
			.overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
	}

}
