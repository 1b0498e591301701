#include "oidc/OpenSslKey.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace tram::oidc {
namespace {

using crypto::Bytes;
using crypto::ByteView;

template <auto Free>
struct With {
    template <class T>
    void operator()(T* what) const {
        Free(what);
    }
};
using Number = std::unique_ptr<BIGNUM, With<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, With<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, With<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, With<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, With<EVP_MD_CTX_free>>;

constexpr std::size_t kCoordinate = 32;
constexpr int kLeastBits = 2048, kMostBits = 4096, kMostExponentBits = 32;

Number number(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

std::shared_ptr<EVP_PKEY> publicKey(const char* type, OSSL_PARAM_BLD* builder) {
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    const bool made = parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
    return made ? std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free) : nullptr;
}

/// RFC 7518 §3.4 has r and s side by side; OpenSSL wants them in DER.
Bytes derSignature(ByteView sides) {
    const std::unique_ptr<ECDSA_SIG, With<ECDSA_SIG_free>> pair(ECDSA_SIG_new());
    Number r = number(sides.first(kCoordinate)), s = number(sides.subspan(kCoordinate));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
    (void)r.release(), (void)s.release();  // the pair's now
    Bytes der(static_cast<std::size_t>(std::max(0, i2d_ECDSA_SIG(pair.get(), nullptr))));
    unsigned char* end = der.data();
    i2d_ECDSA_SIG(pair.get(), &end);
    return der;
}

}  // namespace

std::optional<OpenSslKey> OpenSslKey::p256(ByteView x, ByteView y) {
    if (x.size() != kCoordinate || y.size() != kCoordinate) return std::nullopt;
    Bytes point = {POINT_CONVERSION_UNCOMPRESSED};
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    auto key = publicKey("EC", builder.get());
    if (!key) return std::nullopt;
    return OpenSslKey(std::move(key));
}

std::optional<OpenSslKey> OpenSslKey::rsa(ByteView modulus, ByteView exponent) {
    if (modulus.size() > kMostBits / 8 || exponent.size() > kMostExponentBits / 8) return std::nullopt;
    const Number n = number(modulus), e = number(exponent);
    if (!n || !e || BN_num_bits(n.get()) < kLeastBits || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) ||
        BN_is_one(e.get()))
        return std::nullopt;
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    auto key = publicKey("RSA", builder.get());
    if (!key) return std::nullopt;
    return OpenSslKey(std::move(key));
}

bool OpenSslKey::verifySha256(ByteView message, ByteView signature) const {
    const Digest digest(EVP_MD_CTX_new());
    return digest && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(digest.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

bool OpenSslKey::verifyEs256(ByteView message, ByteView signature) const {
    return signature.size() == 2 * kCoordinate && verifySha256(message, derSignature(signature));
}

bool OpenSslKey::verifyRs256(ByteView message, ByteView signature) const {
    // PKCS #1 v1.5 (RFC 7518 §3.3) is what OpenSSL pads RSA with unless told otherwise; a shorter signature
    // would be padded from the left by some, and RFC 8017 §8.2.2 refuses it.
    return signature.size() == static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())) &&
           verifySha256(message, signature);
}

}  // namespace tram::oidc
