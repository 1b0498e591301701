#include "content/FieldsCache.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <mutex>
#include <thread>

#include <httplib.h>

#include "base/Files.h"
#include "crypto/Bytes.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"
#include "wire/Envelope.h"

using namespace tram;
using base::ProblemKind;
using content::FieldsCache;
using wire::FeedbackFields;

namespace {

std::string fieldsJson(int version, const std::string& label = "Chiếu sáng") {
    FeedbackFields fields;
    fields.version = version;
    fields.publishedAt = "2026-11-01T08:00:00+07:00";
    fields.source = "1022";
    fields.fields = {
        {"chieu-sang", "lightbulb", {label, "Street lights"}, {"Đèn đường", "Street lamps"}, {}}};
    return fields.toJson();
}

std::string signedBy(const crypto::SigningKey& key, std::string payload,
                     std::string type = std::string(FeedbackFields::kPayloadType)) {
    return wire::Dsse::sign(std::move(type), std::move(payload), "content-1", key).toJson();
}

/// A gateway that publishes whatever it is told to, over real HTTP.
class ContentServer {
  public:
    ContentServer() {
        server_.Post("/oauth/token", [](const httplib::Request&, httplib::Response& response) {
            response.set_content(R"({"access_token":"t","token_type":"Bearer","expires_in":300})",
                                 "application/json");
        });
        server_.Get("/v1/content/feedback-fields.json",
                    [this](const httplib::Request& request, httplib::Response& response) {
                        answer(request, response);
                    });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~ContentServer() {
        server_.stop();
        thread_.join();
    }
    void publish(std::string bytes, std::string etag) {
        const std::lock_guard lock(mutex_);
        bytes_ = std::move(bytes);
        etag_ = std::move(etag);
    }
    void serveHtml() { type_ = "text/html"; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    int sent() const { return sent_; }
    std::string lastEtagAsked() const { return asked_; }

  private:
    void answer(const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(mutex_);
        asked_ = request.get_header_value("If-None-Match");
        response.set_header("ETag", etag_);
        if (asked_ == etag_ && !etag_.empty()) {
            response.status = 304;
            return;
        }
        ++sent_;
        response.set_content(bytes_, type_);
    }
    httplib::Server server_;
    std::thread thread_;
    std::mutex mutex_;
    std::string bytes_, etag_, asked_, type_ = "application/json";
    int port_ = 0, sent_ = 0;
};

struct World {
    test::TempDir dir;
    test::FakeClock clock;
    ContentServer server;
    crypto::SigningKey contentKey = crypto::SigningKey::generate();
    link::GatewayClient gateway{
        server.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock,
        link::KioskIdentity{"kiosk-1", "https://gateway", crypto::SigningKey::generate()}};
    FieldsCache cache{dir.path(), contentKey.verifyKey()};

    std::filesystem::path file() const { return dir / "content/feedback-fields.json"; }
    std::filesystem::path etagFile() const { return dir / "content/feedback-fields.etag"; }
    void publish(int version, const std::string& etag) {
        server.publish(signedBy(contentKey, fieldsJson(version)), etag);
    }
    ProblemKind refusedKind() {
        const auto updated = cache.update(gateway);
        REQUIRE_FALSE(updated);
        return updated.error().kind;
    }
    int version() const {
        const auto fields = cache.read();
        return fields ? fields->version : 0;
    }
};

}  // namespace

TEST_CASE("before the first update there are no fields") {
    World world;
    const auto fields = world.cache.read();
    REQUIRE_FALSE(fields);
    CHECK(fields.error().kind == ProblemKind::FileMissing);
}

TEST_CASE("fields are fetched, kept and asked for again only when they changed") {
    World world;
    world.publish(1, "\"one\"");
    CHECK(world.cache.update(world.gateway) == true);
    CHECK(world.version() == 1);
    CHECK(world.cache.read()->fields.at(0).label.vi == "Chiếu sáng");

    CHECK(world.cache.update(world.gateway) == false);
    CHECK(world.server.lastEtagAsked() == "\"one\"");
    CHECK(world.server.sent() == 1);

    world.publish(2, "\"two\"");
    CHECK(world.cache.update(world.gateway) == true);
    CHECK(world.version() == 2);
}

TEST_CASE("the same content under a new tag is nothing new, and the tag is taken") {
    World world;
    world.publish(1, "\"one\"");
    REQUIRE(world.cache.update(world.gateway) == true);
    world.publish(1, "\"uno\"");
    CHECK(world.cache.update(world.gateway) == false);
    CHECK(world.cache.update(world.gateway) == false);
    CHECK(world.server.lastEtagAsked() == "\"uno\"");
    CHECK(world.server.sent() == 2);
}

TEST_CASE("what is wrongly signed, older or no document leaves the old fields alone (STANDARDS 11)") {
    World world;
    world.publish(5, "\"five\"");
    REQUIRE(world.cache.update(world.gateway) == true);
    const std::string before = base::readFile(world.file()).value();

    SECTION("another key") {
        world.server.publish(signedBy(crypto::SigningKey::generate(), fieldsJson(6)), "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::BadSignature);
    }
    SECTION("a signature for another purpose") {
        world.server.publish(signedBy(world.contentKey, fieldsJson(6), "application/vnd.tram.enrolment+json"),
                             "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::BadSignature);
    }
    SECTION("verified before parsed: a bad payload with a bad signature is a bad signature") {
        world.server.publish(signedBy(crypto::SigningKey::generate(), "{"), "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::BadSignature);
    }
    SECTION("signed nonsense") {
        world.server.publish(signedBy(world.contentKey, "{}"), "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::Malformed);
    }
    SECTION("a lower version") {
        world.publish(4, "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::RolledBack);
    }
    SECTION("other content under the same version") {
        world.server.publish(signedBy(world.contentKey, fieldsJson(5, "Đèn")), "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::RolledBack);
    }
    SECTION("too large") {
        world.server.publish(signedBy(world.contentKey, fieldsJson(6, std::string(1u << 20, 'x'))), "\"x\"");
        CHECK(world.refusedKind() == ProblemKind::TooLarge);
    }
    SECTION("a captive portal") {
        world.server.publish("<html>Đăng nhập WiFi</html>", "");
        world.server.serveHtml();
        CHECK(world.refusedKind() == ProblemKind::NotTheGateway);
    }
    CHECK(base::readFile(world.file()).value() == before);
    CHECK(world.version() == 5);
}

TEST_CASE("a refused update does not stand in the way of the next good one") {
    World world;
    world.publish(5, "\"five\"");
    REQUIRE(world.cache.update(world.gateway) == true);
    world.publish(4, "\"four\"");
    CHECK(world.refusedKind() == ProblemKind::RolledBack);
    world.publish(6, "\"six\"");
    CHECK(world.cache.update(world.gateway) == true);
    CHECK(world.version() == 6);
}

TEST_CASE("a cache damaged on disk is not shown, and mended though its tag still fits") {
    World world;
    world.publish(3, "\"three\"");
    REQUIRE(world.cache.update(world.gateway) == true);
    std::string bytes = base::readFile(world.file()).value();
    bytes[bytes.find("payload\":\"") + 20] ^= 1;
    std::ofstream(world.file(), std::ios::binary) << bytes;

    REQUIRE_FALSE(world.cache.read());
    CHECK(world.cache.update(world.gateway) == true);
    CHECK(world.version() == 3);
}

TEST_CASE("a tag that is no tag is not sent out as a header") {
    World world;
    world.publish(1, "\"one\"");
    REQUIRE(world.cache.update(world.gateway) == true);
    for (const std::string& tag :
         {std::string("\"a\"\r\nX-Evil: 1"), std::string(5000, 'x'), std::string("a b")}) {
        std::ofstream(world.etagFile(), std::ios::binary) << tag;
        CHECK(world.cache.update(world.gateway) == false);
        CHECK(world.server.lastEtagAsked().empty());
    }
    std::filesystem::remove(world.etagFile());
    CHECK(world.cache.update(world.gateway) == false);
    CHECK(world.version() == 1);
}

TEST_CASE("no gateway, no harm") {
    World world;
    world.publish(1, "\"one\"");
    REQUIRE(world.cache.update(world.gateway) == true);
    link::GatewayClient nobody("http://127.0.0.1:1",
                               std::make_shared<net::HttpClient>(net::HttpClient::Options{}), world.clock,
                               link::KioskIdentity{"k", "a", crypto::SigningKey::generate()});
    CHECK_FALSE(world.cache.update(nobody));
    CHECK(world.version() == 1);
}
