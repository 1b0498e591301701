#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

#include "tests/support/TokenMint.h"

namespace tram::test {

/// An issuer that signs with what our gateway does not: ES256 or RS256.
class OpenSslMint {
  public:
    static OpenSslMint p256() { return OpenSslMint(EVP_EC_gen("P-256"), "ES256"); }
    static OpenSslMint rsa(unsigned bits) { return OpenSslMint(EVP_RSA_gen(bits), "RS256"); }

    nlohmann::json jwk() const {
        if (alg_ == "RS256")
            return {{"kty", "RSA"},
                    {"kid", "foreign"},
                    {"n", number(OSSL_PKEY_PARAM_RSA_N, 0)},
                    {"e", number(OSSL_PKEY_PARAM_RSA_E, 0)}};
        return {{"kty", "EC"},
                {"crv", "P-256"},
                {"kid", "foreign"},
                {"x", number(OSSL_PKEY_PARAM_EC_PUB_X, 32)},
                {"y", number(OSSL_PKEY_PARAM_EC_PUB_Y, 32)}};
    }
    std::string token(const nlohmann::json& claims) const {
        const auto input = jwtPart({{"alg", alg_}, {"kid", "foreign"}}) + "." + jwtPart(claims);
        return input + "." + crypto::toBase64Url(sign(input));
    }

  private:
    OpenSslMint(EVP_PKEY* key, std::string alg) : key_(key, EVP_PKEY_free), alg_(std::move(alg)) {}

    std::string number(const char* name, int size) const {
        BIGNUM* raw = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &raw);
        const std::unique_ptr<BIGNUM, decltype(&BN_free)> value(raw, BN_free);
        crypto::Bytes bytes(static_cast<std::size_t>(size ? size : BN_num_bytes(raw)));
        BN_bn2binpad(raw, bytes.data(), static_cast<int>(bytes.size()));
        return crypto::toBase64Url(bytes);
    }
    crypto::Bytes sign(const std::string& text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        std::size_t size = 0;
        const auto* data = reinterpret_cast<const unsigned char*>(text.data());
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
        EVP_DigestSign(context.get(), nullptr, &size, data, text.size());
        crypto::Bytes signature(size);
        EVP_DigestSign(context.get(), signature.data(), &size, data, text.size());
        signature.resize(size);
        return alg_ == "ES256" ? sideBySide(signature) : signature;
    }
    static crypto::Bytes sideBySide(const crypto::Bytes& der) {
        const unsigned char* at = der.data();
        const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
            d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
        crypto::Bytes sides(64);
        BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), sides.data(), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), sides.data() + 32, 32);
        return sides;
    }

    std::shared_ptr<EVP_PKEY> key_;
    std::string alg_;
};

}  // namespace tram::test
