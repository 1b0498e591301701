#pragma once
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace tram::test {

/// A fresh self-signed certificate; `name` as subjectAltName ("IP:127.0.0.1").
class TestCertificate {
  public:
    explicit TestCertificate(const std::string& name) : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
        X509_set_version(certificate_.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate_.get()), 3600);
        X509_set_pubkey(certificate_.get(), key_.get());
        X509_NAME* subject = X509_get_subject_name(certificate_.get());
        const auto* common = reinterpret_cast<const unsigned char*>("tram test");
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common, -1, -1, 0);
        X509_set_issuer_name(certificate_.get(), subject);
        std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> alternative(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str()), X509_EXTENSION_free);
        X509_add_ext(certificate_.get(), alternative.get(), -1);
        X509_sign(certificate_.get(), key_.get(), EVP_sha256());
    }
    X509* certificate() const { return certificate_.get(); }
    EVP_PKEY* key() const { return key_.get(); }
    std::string pem() const {
        std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_X509(out.get(), certificate_.get());
        char* text = nullptr;
        const long size = BIO_get_mem_data(out.get(), &text);
        return {text, static_cast<std::size_t>(size)};
    }

  private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
    };
    std::unique_ptr<EVP_PKEY, Free> key_;
    std::unique_ptr<X509, Free> certificate_;
};

}  // namespace tram::test
