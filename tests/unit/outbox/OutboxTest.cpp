#include "outbox/Outbox.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "crypto/Stream.h"
#include "outbox/MemoryOutboxStore.h"
#include "outbox/SqliteOutboxStore.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"
#include "wire/Envelope.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;

namespace {

const std::string kKiosk = "0192f3a4-0000-7000-8000-000000000001";
const std::string kCanary = "Nguyễn Thị Canary 0909123456";

struct Desk {
    explicit Desk(std::shared_ptr<OutboxStore> chosen)
        : store(chosen),
          outbox(chosen,
                 {kKiosk, "K7M", crypto::SigningKey::load(keyFile()).value(), gateway.sealingKey(),
                  base::SecretBytes(crypto::Bytes(32, 7))},
                 clock) {}

    std::filesystem::path keyFile() {
        REQUIRE(kiosk.save(dir / "key"));
        return dir / "key";
    }
    NewAction report(const std::vector<base::SecretBytes>& pictures = {}) const {
        NewAction action;
        action.kind = "feedback.report";
        action.createdAt = base::toRfc3339(clock.wall());
        action.fieldsJson = base::SecretText(R"({"text":")" + kCanary + R"("})");
        for (const auto& picture : pictures) action.attachments.push_back({"image/jpeg", &picture});
        return action;
    }
    /// What only the gateway can do.
    wire::ActionBody open(const Item& item) const {
        const auto envelope = wire::Envelope::parse(item.envelope).value();
        CHECK(envelope.dsse.verify(kiosk.verifyKey()));
        CHECK(envelope.id == item.id);
        CHECK(envelope.kioskId == kKiosk);
        const auto plain = gateway.open(envelope.sealed).value();
        return wire::ActionBody::parse(
                   {reinterpret_cast<const char*>(plain.reveal().data()), plain.reveal().size()})
            .value();
    }

    test::TempDir dir;
    test::FakeClock clock;
    crypto::SigningKey kiosk = crypto::SigningKey::generate();
    crypto::OpeningKey gateway = crypto::OpeningKey::generate();
    std::shared_ptr<OutboxStore> store;
    Outbox outbox;
};

base::SecretBytes picture(std::size_t size) {
    crypto::Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(i * 7);
    return base::SecretBytes(std::move(bytes));
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Everything works but what is told not to.
class Failing : public MemoryOutboxStore {
  public:
    int putsAllowed = 100;
    bool addAllowed = true;
    std::vector<std::string> put;

    base::Result<void> putAttachment(const StoredAttachment& meta, std::string_view bytes) override {
        if (putsAllowed-- <= 0) return base::fail(ProblemKind::DiskFull);
        put.push_back(meta.sha256);
        return MemoryOutboxStore::putAttachment(meta, bytes);
    }
    base::Result<std::int64_t> add(Item item) override {
        if (!addAllowed) return base::fail(ProblemKind::DiskFull);
        return MemoryOutboxStore::add(std::move(item));
    }
};

}  // namespace

TEST_CASE("what is kept while somebody helps says who, inside the seal alone", "[outbox]") {
    const test::TempDir data;
    Desk desk(SqliteOutboxStore::open(data.path()).value());
    const auto bodyOf = [&](const NewAction& action) {
        return desk.open(desk.outbox.find(desk.outbox.keep(action).value().id).value().value());
    };
    CHECK_FALSE(bodyOf(desk.report()).handling);
    const wire::Handling helped{
        "S-7K3Q", wire::StaffRole::Helper, "Quầy 3",
        wire::Handling::Consent{"assist-vi-1", "2026-11-21T09:40:12.345+07:00", wire::Handling::How::Aloud}};
    desk.outbox.setHandling(helped);
    CHECK(bodyOf(desk.report()).handling == helped);
    auto unnamed = desk.report();
    unnamed.createdAt = base::toRfc3339(base::coarseToHour(desk.clock.wall()));
    const auto coarse = bodyOf(unnamed).handling.value();
    CHECK(coarse.consent->at == "2026-11-21T09:00:00.000+07:00");  // STANDARDS 14
    CHECK(coarse.staff == helped.staff);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data.path())) {
        if (entry.is_regular_file()) CHECK(contents(entry.path()).find(helped.staff) == std::string::npos);
    }
    desk.outbox.setHandling(std::nullopt);
    CHECK_FALSE(bodyOf(desk.report()).handling);
}

TEST_CASE("a kept report can be opened by the gateway, pictures and all", "[outbox]") {
    Desk desk(std::make_shared<MemoryOutboxStore>());
    std::vector<base::SecretBytes> pictures;
    pictures.push_back(picture(200000));
    pictures.push_back(picture(1));
    const auto kept = desk.outbox.keep(desk.report(pictures));
    REQUIRE(kept);
    CHECK(kept->at == desk.clock.wall());

    const Item item = desk.outbox.find(kept->id).value().value();
    CHECK(item.state == ItemState::Waiting);
    const auto body = desk.open(item);
    CHECK(body.id == kept->id);
    CHECK(body.kioskId == kKiosk);
    CHECK(nlohmann::json::parse(body.fieldsJson.reveal()).at("text") == kCanary);
    REQUIRE(body.attachments.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto& ref = body.attachments[i];
        CHECK(ref.mediaType == "image/jpeg");
        CHECK(item.attachments[i].sha256 == ref.sha256);
        const std::string cipher = contents(desk.store->attachmentPath(ref.sha256).value());
        CHECK(cipher.size() == ref.size);
        CHECK(crypto::sha256Hex(crypto::view(cipher)) == ref.sha256);
        const auto plain =
            crypto::decryptStream(crypto::view(cipher), ref.key, crypto::view(kept->id.text()), 1u << 20);
        REQUIRE(plain);
        CHECK(plain->reveal() == pictures[i].reveal());
        CHECK_FALSE(
            crypto::decryptStream(crypto::view(cipher), ref.key, crypto::view("another id"), 1u << 20));
    }
}

TEST_CASE("nobody can read a report from the kiosk's disk", "[outbox]") {  // STANDARDS 13
    const test::TempDir data;
    Desk desk(SqliteOutboxStore::open(data.path()).value());
    std::vector<base::SecretBytes> pictures;
    pictures.emplace_back(crypto::Bytes(kCanary.begin(), kCanary.end()));
    auto report = desk.report(pictures);
    const auto code = desk.outbox.freshCode().value();
    report.trackingCode = code.symbols();
    REQUIRE(desk.outbox.keep(report));
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data.path())) {
        if (!entry.is_regular_file()) continue;
        ++files;
        const std::string bytes = contents(entry.path());
        CHECK(bytes.find("Canary") == std::string::npos);
        CHECK(bytes.find("0909123456") == std::string::npos);
        CHECK(bytes.find(code.symbols()) == std::string::npos);
    }
    CHECK(files >= 2);
}

TEST_CASE("a coarse time stays coarse: in the row and in the id", "[outbox]") {  // STANDARDS 14
    Desk desk(std::make_shared<MemoryOutboxStore>());
    auto action = desk.report();
    const auto hour = base::coarseToHour(desk.clock.wall());
    REQUIRE(hour != desk.clock.wall());
    action.createdAt = base::toRfc3339(hour);
    const auto kept = desk.outbox.keep(action).value();
    const Item item = desk.outbox.find(kept.id).value().value();
    CHECK(item.keptAt == hour);
    // RFC 9562 §5.7: the first 48 bits are Unix milliseconds.
    std::string digits = kept.id.text().substr(0, 8) + kept.id.text().substr(9, 4);
    CHECK(std::stoll(digits, nullptr, 16) == hour.time_since_epoch().count());
}

TEST_CASE("tracking codes: the kiosk's prefix, found again by the code alone", "[outbox]") {
    Desk desk(std::make_shared<MemoryOutboxStore>());
    const auto code = desk.outbox.freshCode().value(), other = desk.outbox.freshCode().value();
    CHECK(code.prefix() == "K7M");
    auto action = desk.report();
    action.trackingCode = code.symbols();
    const auto kept = desk.outbox.keep(action).value();
    CHECK(desk.outbox.findByCode(code).value()->id == kept.id);
    CHECK_FALSE(desk.outbox.findByCode(other)->has_value());
    CHECK(desk.outbox.keep(action).error().kind == ProblemKind::Conflict);
    CHECK(desk.store->counts()->waiting == 1);
}

TEST_CASE("when anything fails nothing is kept and nothing is left behind", "[outbox]") {  // STANDARDS 9
    const auto store = std::make_shared<Failing>();
    Desk desk(store);
    std::vector<base::SecretBytes> pictures;
    for (int i = 0; i < 3; ++i) pictures.push_back(picture(1000));
    auto action = desk.report(pictures);
    auto expected = ProblemKind::DiskFull;
    SECTION("disk full at the first attachment") {
        store->putsAllowed = 0;
    }
    SECTION("disk full at the third attachment") {
        store->putsAllowed = 2;
    }
    SECTION("disk full at the row") {
        store->addAllowed = false;
    }
    SECTION("too much for an envelope") {
        action.fieldsJson = base::SecretText(R"({"text":")" + std::string(300000, 'x') + R"("})");
        expected = ProblemKind::TooLarge;
    }
    SECTION("a time that is none") {
        action.createdAt = "yesterday";
        expected = ProblemKind::Malformed;
    }
    const auto kept = desk.outbox.keep(action);
    REQUIRE_FALSE(kept);
    CHECK(kept.error().kind == expected);
    CHECK(desk.store->list({}, 10)->empty());
    for (const std::string& sha256 : store->put) CHECK_FALSE(desk.store->attachmentPath(sha256));
}

TEST_CASE("each report is its own: two of the same words share no byte", "[outbox]") {
    Desk desk(std::make_shared<MemoryOutboxStore>());
    std::vector<base::SecretBytes> pictures;
    pictures.push_back(picture(500));
    const auto a = desk.outbox.keep(desk.report(pictures)).value(),
               b = desk.outbox.keep(desk.report(pictures)).value();
    CHECK(a.id != b.id);
    const Item first = desk.outbox.find(a.id).value().value(),
               second = desk.outbox.find(b.id).value().value();
    CHECK(first.envelope != second.envelope);
    CHECK(first.attachments[0].sha256 != second.attachments[0].sha256);
}
