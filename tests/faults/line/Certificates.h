#pragma once
#include <openssl/ssl.h>

#include <atomic>
#include <memory>
#include <string>

#include "tests/support/TestCertificate.h"

namespace tram::line {

/// What a server shows: a self-signed certificate and its key. A kiosk that trusts it has its PEM as ca_file.
class Certificate {
  public:
    /// `from` and `until`: seconds from now. `name` as subjectAltName ("IP:127.0.0.1").
    explicit Certificate(const std::string& name, long from = -3600, long until = 3600) : certificate_(name) {
        beUnlikeOthers();
        X509_gmtime_adj(X509_getm_notBefore(certificate_.certificate()), from);
        X509_gmtime_adj(X509_getm_notAfter(certificate_.certificate()), until);
        X509_sign(certificate_.certificate(), certificate_.key(), EVP_sha256());
        SSL_CTX_use_certificate(context_.get(), certificate_.certificate());
        SSL_CTX_use_PrivateKey(context_.get(), certificate_.key());
    }
    SSL_CTX* context() const { return context_.get(); }
    std::string pem() const { return certificate_.pem(); }

  private:
    /// A trusted one is looked up by its subject.
    void beUnlikeOthers() {
        static std::atomic<int> last{0};
        const auto unit = std::to_string(++last);
        X509_NAME* subject = X509_get_subject_name(certificate_.certificate());
        X509_NAME_add_entry_by_txt(subject, "OU", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(unit.c_str()), -1, -1, 0);
        X509_set_issuer_name(certificate_.certificate(), subject);
    }
    test::TestCertificate certificate_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{SSL_CTX_new(TLS_server_method()),
                                                               SSL_CTX_free};
};

}  // namespace tram::line
