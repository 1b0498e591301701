#include <catch2/catch.hpp>
#include <fstream>

#include "net/HttpClient.h"
#include "tests/support/HttpStub.h"
#include "tests/support/TempDir.h"
#include "tests/support/TestCertificate.h"

using namespace tram;
using base::ProblemKind;
using SecureStub = test::HttpStubOf<httplib::SSLServer>;

namespace {

net::HttpRequest get(const std::string& url) {
    net::HttpRequest request;
    request.url = url;
    return request;
}

void serve(SecureStub& stub) {
    stub.server.Get("/", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("{}", "application/json");
    });
    stub.start();
}

std::filesystem::path save(const test::TempDir& dir, const test::TestCertificate& certificate) {
    const auto path = dir / "ca.pem";
    std::ofstream(path) << certificate.pem();
    return path;
}

}  // namespace

TEST_CASE("a certificate is trusted only when its authority and its name are right", "[net]") {
    const test::TempDir dir;
    SECTION("our authority, right name") {
        const test::TestCertificate certificate("IP:127.0.0.1");
        SecureStub stub(certificate.certificate(), certificate.key());
        serve(stub);
        const auto response = net::HttpClient({save(dir, certificate)}).send(get(stub.url("/", "https")));
        REQUIRE(response);
        CHECK(response->status == 200);
    }
    SECTION("an authority nobody told us of") {
        const test::TestCertificate certificate("IP:127.0.0.1"), other("IP:127.0.0.1");
        SecureStub stub(certificate.certificate(), certificate.key());
        serve(stub);
        CHECK(net::HttpClient({}).send(get(stub.url("/", "https"))).error().kind ==
              ProblemKind::UntrustedCertificate);
        CHECK(net::HttpClient({save(dir, other)}).send(get(stub.url("/", "https"))).error().kind ==
              ProblemKind::UntrustedCertificate);
    }
    SECTION("another machine's name") {
        const test::TestCertificate certificate("DNS:gateway.example.vn");
        SecureStub stub(certificate.certificate(), certificate.key());
        serve(stub);
        CHECK(net::HttpClient({save(dir, certificate)}).send(get(stub.url("/", "https"))).error().kind ==
              ProblemKind::UntrustedCertificate);
    }
    SECTION("the file of authorities is not there") {
        CHECK(net::HttpClient({dir / "none.pem"}).send(get("https://127.0.0.1:1/")).error().kind !=
              ProblemKind::Cancelled);
    }
}

TEST_CASE("https to something that speaks plain http fails before a byte of the request is sent", "[net]") {
    test::HttpStub stub;
    bool asked = false;
    stub.server.Get("/", [&](const httplib::Request&, httplib::Response&) { asked = true; });
    stub.start();
    CHECK_FALSE(net::HttpClient({}).send(get(stub.url("/", "https"))));
    CHECK_FALSE(asked);
}
