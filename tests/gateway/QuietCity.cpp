#include "QuietCity.h"

#include <catch2/catch.hpp>

#include "base/Files.h"
#include "gateway/storage/Sql.h"

namespace tram::test {

using gateway::City;

QuietCity::QuietCity(const std::function<void(gateway::GatewayConfig&)>& change) {
    config = gateway::GatewayConfig::demo();
    config.dataDir = dir / "data";
    config.shareDir = std::filesystem::path(TRAM_SOURCE_DIR) / "resources";
    if (change) change(config);
    restart();
    const auto secret = city->kiosks.newCode("27154", "Trạm", clock.wall());
    REQUIRE(secret);
    auto enrolled = city->kiosks.enrol({*secret, key.verifyKey().text()}, clock.wall());
    REQUIRE(enrolled);
    kiosk = *enrolled;
}

void QuietCity::restart() {
    city.reset();
    auto opened = City::open(config, clock);
    INFO((opened ? ""
                 : std::string(name(opened.error().kind)) + " " + std::string(opened.error().fact("path"))));
    REQUIRE(opened);
    city = std::move(*opened);
}

QuietCity::Sealed QuietCity::seal(const std::string& canary, std::size_t pictures, const Change& change) {
    wire::FeedbackReport report;
    report.trackingCode = freshCode(kiosk.prefix);
    report.receiptSecret = base::SecretText(freshSecret());
    report.fieldId = "chieu-sang";
    report.text = base::SecretText("Đèn đường không sáng. " + canary);
    report.wardCode = kiosk.ward;
    report.address = base::SecretText("12 " + canary);
    report.landmark = base::SecretText("cạnh nhà " + canary);
    report.name = base::SecretText(canary);
    report.phone = base::SecretText("0903 000 000");
    report.email = base::SecretText(canary + "@example.vn");
    report.consentVersion = "1";
    report.consentAt = base::toRfc3339(clock.wall());
    report.language = "vi";
    wire::ActionBody body{.id = base::Uuid::v7(clock.wall()),
                          .kind = std::string(wire::FeedbackReport::kKind),
                          .kioskId = kiosk.id,
                          .createdAt = base::toRfc3339(clock.wall())};
    std::vector<Attachment> made;
    for (std::size_t at = 0; at < pictures; ++at) {
        made.push_back(attachmentFor(body.id, "picture " + std::to_string(at) + " of " + canary));
        const auto& ref = made.back().ref;
        body.attachments.push_back(
            {ref.sha256, ref.size, {ref.key.key.copy(), ref.key.header}, ref.mediaType});
    }
    if (change) change(body, report);
    if (body.fieldsJson.empty()) body.fieldsJson = report.toJson();
    const auto to = crypto::SealingKey::parse(city->keys.sealingKeys(clock.wall()).front().key);
    return {body.id, report.trackingCode, report.receiptSecret.reveal(),
            wire::Envelope::make(body.id, kiosk.id, body.toJson().reveal(), *to, key), std::move(made)};
}

void QuietCity::upload(const Attachment& picture) {
    auto upload =
        city->attachments.begin(kiosk.id, picture.ref.sha256, picture.bytes.size(), 0, clock.wall());
    REQUIRE(upload);
    REQUIRE((*upload)->add(crypto::view(picture.bytes)));
    REQUIRE((*upload)->finish());
}

wire::ActionResult QuietCity::take(const std::string& bytes) {
    const auto answer = city->inbox.take(kiosk, {bytes}, clock.wall());
    REQUIRE(answer);
    return answer->results.at(0);
}

QuietCity::Sealed QuietCity::send(const std::string& canary, std::size_t pictures) {
    auto sealed = seal(canary, pictures);
    for (const auto& picture : sealed.pictures) upload(picture);
    REQUIRE(take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    return sealed;
}

void QuietCity::deliverAll() {
    for (;;) {
        const auto looked = city->delivery->step();
        REQUIRE(looked);
        if (*looked == 0) return;
    }
}

void QuietCity::closeAll() {
    deliverAll();
    clock.advance(std::chrono::days(6));
    deliverAll();
}

bool QuietCity::knows(const std::string& code) {
    return city->reports.status(code, base::SecretText(), "x", clock.wall())->has_value();
}

void QuietCity::sql(gateway::SharedDatabase& db, const char* statement) {
    REQUIRE(db.write([&](SQLite::Database& raw) -> base::Result<void> {
        gateway::sql::exec(raw, statement);
        return {};
    }));
}

std::vector<std::string> QuietCity::filesWith(const std::string& bytes) const {
    auto found = test::filesWith(data(), bytes);
    // The pretend 1022 is another house: it keeps the report's id for ever, and nothing of a person.
    std::erase_if(found, [](const auto& file) { return file.starts_with("demo-1022.db"); });
    return found;
}

std::vector<std::string> filesWith(const std::filesystem::path& dir, const std::string& bytes) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
        if (entry.path().filename().string().find(bytes) != std::string::npos)
            found.push_back(entry.path().filename().string());
        // What the city publishes for everybody: its sample streets and names are nobody's.
        if (!entry.is_regular_file() || entry.path().extension() == ".pack") continue;
        const auto content = base::readFile(entry.path(), std::size_t{1} << 30);
        REQUIRE(content);
        if (content->find(bytes) != std::string::npos) found.push_back(entry.path().filename().string());
    }
    return found;
}

}  // namespace tram::test
