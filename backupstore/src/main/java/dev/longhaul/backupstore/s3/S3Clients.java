package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Sets the SDK's client up so that B2 understands it, that it is bounded in time, and
 * that nothing outside the settings has a say.
 */
final class S3Clients {

	/** More than any pipeline has transfers under way. */
	private static final int CONNECTIONS = 256;

	/** Long enough to be worth keeping, shorter than servers and firewalls keep it. */
	private static final Duration IDLE = Duration.ofSeconds(20);

	private S3Clients() {
	}

	static SdkHttpClient http(S3Settings settings) {
		S3Limits limits = settings.limits();
		String authority = settings.certificateAuthority();
		Apache5HttpClient.Builder builder = Apache5HttpClient.builder()
			.maxConnections(CONNECTIONS)
			.connectionTimeout(limits.connect())
			.connectionAcquisitionTimeout(limits.answer())
			.socketTimeout(limits.silence())
			.connectionMaxIdleTime(IDLE)
			.tcpKeepAlive(true)
			.proxyConfiguration(proxy(settings.proxy()));
		if (authority != null) {
			var trusted = TrustedCertificates.withAlso(authority);
			builder.tlsTrustManagersProvider(() -> trusted);
		}
		return new ConnectionRenewal(() -> new BoundedAnswers(builder.build()), limits.longestBackOff());
	}

	private static ProxyConfiguration proxy(@Nullable HttpProxy proxy) {
		ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
			.useSystemPropertyValues(false)
			.useEnvironmentVariableValues(false);
		if (proxy != null) {
			builder.endpoint(URI.create("http://" + proxy.host() + ":" + proxy.port()));
			if (proxy.login() != null) {
				builder.username(proxy.login().user()).password(proxy.login().password());
			}
		}
		return builder.build();
	}

	static S3Client client(S3Settings settings, SdkHttpClient http, CountedCalls calls) {
		S3Credentials credentials = settings.credentials();
		S3ClientBuilder builder = S3Client.builder()
			.httpClient(http)
			.endpointOverride(settings.endpoint())
			.region(Region.of(settings.region()))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(credentials.keyId(), credentials.secret())))
			.forcePathStyle(settings.addressing() == S3Settings.Addressing.PATH)
			.defaultsMode(DefaultsMode.STANDARD)
			.dualstackEnabled(false)
			.fipsEnabled(false)
			.disableS3ExpressSessionAuth(true)
			// B2 refuses the checksums the SDK would add.
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.serviceConfiguration(S3Configuration.builder()
				.chunkedEncodingEnabled(false)
				.useArnRegionEnabled(false)
				.multiRegionEnabled(false)
				.build())
			.overrideConfiguration(overrides(settings.limits(), calls));
		return ProfileFiles.hiddenFrom(builder::build);
	}

	private static ClientOverrideConfiguration overrides(S3Limits limits, CountedCalls calls) {
		BackoffStrategy backOff = BackoffStrategy.exponentialDelay(limits.firstBackOff(), limits.longestBackOff());
		return ClientOverrideConfiguration.builder()
			.defaultProfileFile(ProfileFile.aggregator().build())
			.defaultProfileName("default")
			.appId("")
			.addExecutionInterceptor(new Md5InsteadOfCrc32())
			.addExecutionInterceptor(calls)
			.apiCallAttemptTimeout(limits.answer())
			.retryStrategy(StandardRetryStrategy.builder()
				.useClientDefaults(false)
				.maxAttempts(limits.attempts())
				// It would let many concurrent transfers give up together on a short
				// outage.
				.circuitBreakerEnabled(false)
				.retryOnException(S3Clients::isWorthAnotherAttempt)
				.backoffStrategy(backOff)
				.throttlingBackoffStrategy(backOff)
				.build())
			.build();
	}

	static boolean isWorthAnotherAttempt(Throwable failure) {
		if (failure instanceof SdkServiceException answered) {
			int status = answered.statusCode();
			return (status >= 500 && status != 501) || status == 429 || status == 408
					|| S3Failures.isBusyAfterAll(answered) || RetryUtils.isClockSkewException(answered);
		}
		return failure instanceof ApiCallAttemptTimeoutException || (failure instanceof SdkException
				&& isCausedBy(failure, IOException.class) && !isCausedBy(failure, CertificateException.class));
	}

	static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
			depth++;
		}
		return false;
	}

}
