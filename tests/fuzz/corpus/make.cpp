// Writes the seed corpora anew: what the programs themselves make of made-up people, one small file each.
//   build/asan/bin/make_corpus tests/fuzz/corpus
// Keys are those of ../Fixed.h; files named found-… are inputs that once failed, and stay.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "../Fixed.h"
#include "base/Files.h"
#include "base/TrackingCode.h"
#include "device/AgentState.h"
#include "device/PictureFrame.h"
#include "oidc/ClientAssertion.h"
#include "sight/Messages.h"
#include "tests/unit/wire/Samples.h"
#include "wire/SealingStatement.h"

using namespace tram;
namespace fs = std::filesystem;

namespace {

class Corpus {
  public:
    Corpus(fs::path root, std::string target) : dir_(root / target) {
        fs::create_directories(dir_);
        for (const auto& entry : fs::directory_iterator(dir_))
            if (!entry.path().filename().string().starts_with("found-")) fs::remove(entry);
    }
    /// `choice`: the first byte, which chooses what to do with `bytes`.
    void add(int choice, std::string_view bytes) {
        std::ofstream file(dir_ / fmt::format("{:02}-{:02}", choice, count_++), std::ios::binary);
        file << static_cast<char>(choice) << bytes;
    }

  private:
    fs::path dir_;
    int count_ = 0;
};

std::string resource(const char* path) {
    auto bytes = base::readFile(fs::path(TRAM_SOURCE_DIR) / "resources" / path);
    return bytes ? *bytes : throw std::runtime_error(path);
}

/// The first `lines` of a file, so that a seed stays small.
std::string beginning(const std::string& text, int lines) {
    std::size_t at = 0;
    for (; lines > 0 && at != text.npos; --lines) at = text.find('\n', at) + 1;
    return text.substr(0, at);
}

std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift);
    return text;
}

wire::EnrolmentAnswer enrolment() {
    const auto key = fixed::signing().verifyKey().text();
    auto answer = test::enrolmentAnswer();
    answer.gatewayKey = answer.contentKey = key;
    answer.sealingKeys = {
        {fixed::opening().sealingKey().text(), "2026-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00"}};
    return answer;
}

wire::EnrolmentRequest enrolmentRequest() {
    return {.secret = "0123456789ABCDEF", .kioskKey = fixed::signing().verifyKey().text()};
}

/// A body without attachments: nobody has sent any.
wire::ActionBody action() {
    auto body = test::action();
    body.attachments.clear();
    return body;
}

std::string envelope() {
    return wire::Envelope::make(test::id(), fixed::kKiosk, action().toJson().reveal(),
                                fixed::opening().sealingKey(), fixed::signing());
}

wire::SealingStatement statement() {
    wire::SealingStatement made;
    made.version = 2;
    made.issuedAt = fixed::kTime;
    made.keys = enrolment().sealingKeys;
    return made;
}

void wireCorpus(Corpus into) {
    into.add(0, envelope());
    into.add(1, wire::Dsse::sign("application/json", "{}", "k", fixed::signing()).toJson());
    into.add(2, action().toJson().reveal());
    into.add(2, test::action().toJson().reveal());
    for (const auto disclosure :
         {wire::Disclosure::Named, wire::Disclosure::NameHidden, wire::Disclosure::Anonymous})
        into.add(3, test::report(disclosure).toJson().reveal());
    into.add(4, test::status().toJson());
    into.add(5, test::batchAnswer().toJson());
    into.add(6, enrolment().toJson());
    into.add(7, wire::EnrolmentCode{"0123456789ABCDEF", fixed::signing().verifyKey().fingerprint()}.text());
    into.add(8, test::fields().toJson());
    auto request = enrolmentRequest();
    into.add(9, request.toJson());
    request.succeed(fixed::signing());
    into.add(9, request.toJson());
    into.add(10, statement().toJson());
    into.add(11, statement().toJson());
    into.add(11, statement().toJson() + " ");
}

void textCorpus(Corpus into) {
    for (const int choice : {0, 1, 2, 7, 9}) {
        into.add(choice, "Phường Xuân Hoà, quận 3");
        into.add(choice,
                 "Nu\xCC\x9Bo\xCC\x9B\xCC\x81"
                 "c ngập 👨‍👩‍👧‍👦\r\n\ttừ sáng\xE2\x80\xAE");
    }
    into.add(3, "K7M-3Q9-X2T-W");
    into.add(3, "k7m 3q9 x2t w");
    into.add(4, fixed::kTime);
    into.add(4, "2026-11-21T02:41:07Z");
    into.add(5, fixed::kId);
    into.add(6, "ddaay laf Vieejt Nam\nwow http://a.b toois\x08\x08\n");
    into.add(8, "O0-1Il uU");
}

void typingCorpus(Corpus into) {
    into.add(0, "nguwowif tooi ddi hocj, wow Tieengs Vieejt\x08\x08 thuowngf");
    into.add(1, "Tie6ng1 Vie6t5 d9u7o7ng2 a8\x08");
    into.add(0, "to\xF1i \xE3\xE4\xF3\x08");
    into.add(2, "plain text");
}

void configCorpus(Corpus into) {
    const std::string kiosk = R"({
  "gateway_url": "https://tram.example.gov.vn", "data_dir": "/var/lib/tram", "runtime_dir": "/run/tram",
  "controller": {"name": "UBND Phường Bàn Cờ", "contact": "028 0000"}, "retention": {"delivered_days": 45},
  "language": "en", "idle_seconds": 90, "countdown_seconds": 30, "theme": "contrast", "new_tone_style": true,
  "display": {"px_per_mm": 2.7, "viewing_mm": 600}, "hotlines": [{"number": "1022", "vi": "a", "en": "b"}]
})";
    for (const int choice : {0, 1}) {
        into.add(choice, kiosk);
        into.add(
            choice,
            R"({"demo": true, "gateway_url": "http://127.0.0.1:8022", "data_dir": "/a", "runtime_dir": "/b"})");
    }
    into.add(
        2,
        R"({"data_dir": "/a", "public_url": "https://x.vn", "listen": "127.0.0.1:8023", "connector": "demo-1022",
  "clock_speed": 2.5, "kiosk_quota_bytes": 1000, "budgets": {"misses_per_address": 5, "window_s": 60}})");
}

/// As damaged() in ../Input.h reads them: how, where, what.
std::string slip(int how, std::uint64_t where, char what) {
    return static_cast<char>(how) + number(where, 3) + what;
}

void cryptoCorpus(Corpus into) {
    into.add(0, crypto::toBase64(crypto::Bytes(20, 200)));
    into.add(1, crypto::toBase64Url(crypto::Bytes(20, 200)));
    into.add(2, "00ffAb");
    for (const char which : {'\0', '\1', '\2'}) {
        into.add(3, std::string(1, which));
        into.add(3, which + slip(0, 65'552, 1));
        into.add(3, which + slip(1, 65'553, 0));
    }
    into.add(4, slip(0, 3, 1));
    into.add(5, std::string(40, 'c'));
    into.add(6, slip(0, 40, 1));
    into.add(7, slip(0, 100, 1));
    into.add(8,
             fmt::format(
                 "{}\n{}", R"({"alg":"EdDSA","typ":"JWT"})",
                 fmt::format(R"({{"iss":"{0}","sub":"{0}","aud":"{1}","iat":{2},"exp":{3},"jti":"x"}})",
                             fixed::kKiosk, fixed::kAudience, fixed::now().time_since_epoch().count() / 1000,
                             fixed::now().time_since_epoch().count() / 1000 + 60)));
    into.add(9, fixed::signing().verifyKey().text());
    into.add(10, slip(0, 80, 1));
}

void httpCorpus(Corpus into) {
    into.add(0, "Sat, 21 Nov 2026 02:41:07 GMT\nSat, 21 Nov 2026 02:42:07 GMT");
    into.add(0, "\n120");
    into.add(1, "bytes 100-199/1000");
    into.add(2, "grant_type=client_credentials&client_assertion=a.b.c&x=%C3%A2+%3D");
    into.add(3, "{\"actions\":[" + envelope() + "]}");
    into.add(3, R"( { "actions" : [ {"a":"}]\"{"}, {"b":[{"c":{}}]} ] } )");
    into.add(4, number(200, 2) + "application/json\n\nSat, 21 Nov 2026 02:41:07 GMT\n5\n?1\n{}");
    into.add(4, number(429, 2) + "application/problem+json; charset=utf-8\n7\n\n\n\n{}");
    into.add(5, "https://tram.example.gov.vn:8443/a/b");
    into.add(5, "http://[::1]:8022");
    into.add(6, "2001:db8:1:2::7");
    into.add(6, "::ffff:192.0.2.7");
}

void filesCorpus(Corpus into) {
    into.add(0, R"({"online":true,"problem":"","boot_id":"boot-1","since_boot_ms":123456})");
    into.add(1, enrolment().toJson());
    into.add(2, std::string(32, 'k'));
    into.add(3, test::fields().toJson());
    into.add(4, wire::Dsse::sign(std::string(wire::FeedbackFields::kPayloadType), test::fields().toJson(),
                                 "k", fixed::signing())
                    .toJson());
    // Two texts, as msgfmt lays them out.
    const auto little = [](std::uint32_t value) {
        return std::string{static_cast<char>(value), static_cast<char>(value >> 8),
                           static_cast<char>(value >> 16), static_cast<char>(value >> 24)};
    };
    into.add(5, little(0x950412de) + little(0) + little(2) + little(28) + little(44) + little(0) +
                    little(60) + little(0) + little(60) + little(1) + little(61) + little(2) + little(63) +
                    little(7) + little(66) + std::string("\0a\0h\n\0{name}!\0", 14));
    into.add(6, "a,b\n1,\"2,\"\"3\"\"\"\r\n\xC4\x91,\n");
    into.add(7, beginning(resource("content/hotlines.csv"), 4));
    const auto wards = beginning(resource("content/wards.csv"), 4);
    into.add(8, number(wards.size(), 2) + wards + "phuong 4 q3\n" +
                    beginning(resource("content/old_wards.csv"), 2));
    into.add(9, "boot-1 123456");
}

void picturesCorpus(Corpus into) {
    using namespace std::literals;
    into.add(
        0,
        "\xFF\xD8\xFF\xE1\x00\x22"
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
        "\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x00\xFF\xD9"sv);
    into.add(
        0,
        "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x10\0\0\0\x20\x08\x06\0\0\0\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82"sv);
    into.add(0, "RIFF\x1A\0\0\0WEBPVP8X\x0A\0\0\0\x10\0\0\0\x0F\0\0\x1F\0\0\0\0"sv);
    device::PictureFrame frame;
    frame.width = 2048, frame.height = 1536, frame.jpegBytes = 400'000, frame.thumbnailBytes = 20'000;
    const auto bytes = frame.toBytes();
    into.add(1, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void cameraCorpus(Corpus into) {
    const auto text = [](const std::vector<unsigned char>& bytes) {
        return std::string(bytes.begin(), bytes.end());
    };
    const auto said = [&](sight::ToKiosk message) { return text(sight::toBytes(message).reveal()); };
    into.add(0, text(sight::toBytes(sight::Start{sight::Source::Device, 90, "/dev/video0"})));
    into.add(0, text(sight::toBytes(sight::Release{1})));
    into.add(0, text(sight::toBytes(sight::Take{})));
    into.add(1, said(sight::Frame{1, 960, 540, 7}));
    sight::Code code;
    code.text = base::SecretText("H29.26-20261109-0012345");
    into.add(1, said(std::move(code)));
    into.add(1, said(sight::Advice{sight::Hint::Closer}));
    into.add(1, said(sight::State{sight::Condition::Black}));
    into.add(1, said(sight::Picture{1280, 720, 300'000, 9'000}));
    const auto chunk = [](std::string_view name, const std::string& content) {
        std::string size;
        for (int shift = 0; shift < 32; shift += 8) size += static_cast<char>(content.size() >> shift);
        return std::string(name) + size + content + (content.size() % 2 ? std::string(1, '\0') : "");
    };
    const auto frames =
        chunk("00dc", "\xFF\xD8 one") + chunk("01wb", "sound") + chunk("00dc", "\xFF\xD8 two");
    into.add(2, chunk("RIFF", "AVI " + chunk("LIST", "hdrl") + chunk("LIST", "movi" + frames)));
    into.add(2, chunk("RIFF", "AVI " + chunk("LIST", "movi" + chunk("LIST", "rec " + frames))));
}

void storeCorpus(Corpus into) {
    for (const char loose : {'\0', '\1'}) {
        into.add(0, std::string(1, loose) + "\1\2not an id\n");
        into.add(0, std::string(1, loose) + "\x0c\2../../../etc/passwd\n\x0d\1" + number(~0ull, 8));
        into.add(0, std::string(1, loose) + "\x06\1" + number(77, 8) + "\x05\1" + number(1ull << 63, 8));
    }
    into.add(1, "");
    for (const std::uint64_t where : {16, 28, 100, 105, 4096, 4100, 8192, 8200, 12'288})
        into.add(1, slip(0, where, '\x55'));
    into.add(1, slip(1, 9000, 0));
    into.add(2, "");
    for (const std::uint64_t where : {0, 8, 16, 32, 40, 56, 100, 4152}) into.add(2, slip(0, where, '\x55'));
    into.add(2, slip(1, 5000, 0));
}

void salvageCorpus(Corpus into) {
    const std::string noPage(1, '\0');
    into.add(0, "SQLite format 3" + std::string(1, '\0') + "\x02");
    into.add(1, number(0x377f0682, 4) + number(3007000, 4) + number(512, 4));
    for (const char mode : {2, 3, 4}) {
        into.add(mode, noPage);
        into.add(mode, std::string("\x01\x00\x01", 3));
        for (const std::uint64_t where : {16, 28, 40, 100, 105, 512, 1030, 2048, 2053, 4100, 8200})
            into.add(mode, noPage + slip(0, where, '\x55'));
        into.add(mode, noPage + slip(1, 2500, 0));
    }
}

void inboxCorpus(Corpus into) {
    into.add(0, action().toJson().reveal());
    for (const auto disclosure :
         {wire::Disclosure::Named, wire::Disclosure::NameHidden, wire::Disclosure::Anonymous})
        into.add(1, test::report(disclosure).toJson().reveal());
    into.add(1, "{}");
    into.add(2, std::string(60, 's'));
    into.add(3, envelope());
    into.add(4, wire::Envelope::parse(envelope())->dsse.payload);
}

/// Every table with each column out of its range, and as bytes; '1' is for rows, '0' for pages.
void booksCorpus(Corpus into) {
    const std::string least = number(std::uint64_t{1} << 63, 8), most = number(~std::uint64_t{0} >> 1, 8);
    into.add('1',
             "attachments.kiosk\n2..\nattachments.sha256\n2../outside\nattachments.touched_at\n1" + least);
    into.add('1',
             "attachments.envelope\n2x\nattachments.kiosk\n2/"
             "tmp\nenvelopes.id\n2x\nenvelopes.state\n2forgetting\n");
    into.add('1', "reports.delivered_at\n1" + least + "reports.pictures_kept\n1" + number(1, 8) +
                      "reports.id\n3x\n");
    into.add('1', "reports.stage\n2done\nreports.closed_at\n1" + least + "reports.id\n2x\n");
    into.add('1', "envelopes.received_at\n1" + least + "envelopes.id\n3x\nreports.tries\n1" + least);
    for (const char* column : {"envelopes.received_at", "heartbeats.at", "calls.at", "reports.due_at",
                               "events.at", "reports.promised_at", "tallies.count", "reports.tallies.count",
                               "kiosks.revoked_at", "kiosks.stolen_since"})
        into.add('1', std::string(column) + "\n1" + most + column + "\n1" + least);
    for (const char* column :
         {"meta.value", "kiosks.key", "kiosks.prefix", "sealed.bytes", "forgotten.bytes_hash", "reports.code",
          "reports.disclosure", "contents.text", "events.state", "tokens.kiosk", "enrolment_codes.used_by",
          "kiosks.succeeds", "reports.secret_hash"})
        into.add('1', std::string(column) + "\n3\xff\n" + column + "\n2x\n" + column + "\n0\n");
    into.add('0', "1" + std::string("\0\0\0\x64\1", 5));
    // At the end: a corpus is numbered, and what was there keeps its name.
    into.add('1', "logins.at\n1" + most + "reports.subject\n2x\nevents.at\n1" + least);
    into.add('1', "reports.subject\n3\xff\nlogins.kiosk\n2x\nlogins.at\n1" + least + "logins.outcome\n0\n");
}

void doorCorpus(Corpus into) {
    into.add(0, R"({"version":"0.1.0","waiting":3,"needs_attention":1,"free_disk_bytes":5000000000})");
    into.add(1, R"({"reason":"help"})");
    into.add(2, enrolmentRequest().toJson());
    into.add(
        3,
        "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-"
        "type%3Ajwt-bearer"
        "&client_assertion=" +
            oidc::ClientAssertion::make(fixed::kKiosk, fixed::kAudience, fixed::now(), fixed::signing()));
    into.add(4, "{\"actions\":[" + envelope() + "]}");
    into.add(5, "Bearer x\nAAECAwQFBgcICQoLDA0ODw\n2001:db8::1\n\"etag\"\n*/*\n" + std::string(1, '\0') +
                    "K7M3Q9X2TW");
    into.add(5, std::string(5, '\n') + '\3' + "feedback-fields.json");
    into.add(6, "bytes 0-4/10\nabcde");
    into.add(6, "\nwhole");
    into.add(7, "challenge=AAECAwQFBgcICQoLDA0ODw");
    const auto cookie = "tram=" + std::string(43, 'A') + "\n";
    into.add(8, "scope=openid+profile&nonce=" + std::string(43, 'n'));
    into.add(10, cookie + std::string(1, '\0') + "WDJB-MJHT");
    into.add(11, cookie + std::string(1, '\0') + "code=WDJB-MJHT&csrf=x&decision=approve");
}

void loginCorpus(Corpus into) {
    into.add(
        0,
        R"({"sub":"x","a":{"n":"Trần Thị Lan"},"b":"08/03/1985","l":2,"t":"C","p":"079185001234","f":"0900 000 101"})");
    into.add(0, R"({"sub":"y","a":{"n":"Marie"},"b":"14/07/1991","l":"2","t":"N"})");
    into.add(1, "wdjb mjht");
    into.add(2, *base::readFile(std::string(TRAM_SOURCE_DIR) + "/resources/demo/vneid-provider.json"));
}

void identityCorpus(Corpus into) {
    const std::string header = R"({"alg":"EdDSA","kid":"k"})"
                               "\n";
    into.add(0, std::string("\0\0\0\x05\x01", 5));
    into.add(1, header + R"({"iss":")" + fixed::kAudience + R"(","sub":"s","aud":")" + fixed::kKiosk +
                    R"(","azp":")" + fixed::kKiosk +
                    R"(","nonce":"AAECAwQFBgcICQoLDA0ODw","name":"An","birthdate":"1990-01-02",)"
                    R"("personal_number":"079090001234","phone_number":"+84901234567","account_level":2,)"
                    R"("account_type":"citizen","iat":1795228867,"exp":1795229167})");
    into.add(2, R"({"keys":[{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"k","x":")" +
                    fixed::signing().verifyKey().text() + "\"}]}");
    into.add(2,
             R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
             R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},{"kty":"RSA","n":"AQAB","e":"AQAB"}]})");
    into.add(3,
             R"({"device_code":"c","user_code":"BDFH-JKLM","verification_uri":"https://t.vn/d",)"
             R"("verification_uri_complete":"https://t.vn/d?code=BDFH-JKLM","expires_in":120,"interval":5,)"
             R"("scan":"provider_app","provider_qr":"VNEID:1"})");
    into.add(3, R"({"access_token":"a","id_token":"b","token_type":"Bearer","expires_in":900})");
    into.add(3, R"({"error":"access_denied","reason":"not_granted"})");
    into.add(
        3,
        R"({"source":"1022","as_of":"2026-11-21T09:41:07+07:00","reports":[{"code":"K7M3Q9X2TW","field":"a",)"
        R"("ward":"27154","state":"received","received_at":"2026-11-21T09:00:00+07:00",)"
        R"("changed_at":"2026-11-21T09:00:00+07:00"}]})");
    into.add(4,
             "079090001234|025123456|Nguyễn Văn An|02011990|Nam|12 Nguyễn Huệ, TP. Hồ Chí Minh|25042021||||");
    into.add(4, "H29.25-260310-0420");
    into.add(4, "https://dichvucong.gov.vn/tra-cuu?ma=h29%2E25-260310-0420");
    into.add(4, "https://tram.example.vn/t/K7M3Q9X2TW#AAECAwQFBgcICQoLDA0ODw");
    into.add(4, "079303001234||H\u2019Hen Niê-O\u02BBBrien M\u0331a.|31122003|Nữ|Củ Chi|22112026");
    into.add(4, "079203001234||An 😀 ٣|31122003|Nam|Củ Chi|31122099");
    into.add(4, "0797912345|4e677579656e|02/01/1990|1|50324b|79 - 024|01/01/2026|-|x|$");
    into.add(5,
             "\x08K\x08"
             "7\x08M\x08"
             "3\x08Q\x08"
             "9\x08X\x08\n\x60K\x60"
             "7\x60\n");
    std::string tooLong;
    for (int i = 0; i < 4200; ++i) tooLong += {2, static_cast<char>('A' + i % 26)};
    into.add(5, tooLong + "\x02\n");
    into.add(5,
             "\x01\x01\x08|\x08N\x08\n\xFFK\x08"
             "7\x08M\x08"
             "3\x08\x02\x08Q\xC8"
             "9\x08X\x08\n");
}

/// The first of two texts ends with its line.
void themeCorpus(Corpus into) {
    const auto light = resource("theme/light.json");
    auto contrast = resource("theme/contrast.json");
    std::erase(contrast, '\n');
    into.add(0, light);
    into.add(1, contrast + "\n" + light);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return std::cerr << "make_corpus DIRECTORY\n", 2;
    const fs::path root(arguments[1]);
    wireCorpus({root, "wire"});
    textCorpus({root, "text"});
    Corpus(root, "promise").add(3, "K7M-3Q9-X2T-W");
    Corpus(root, "heap").add('T', "race");
    typingCorpus({root, "typing"});
    configCorpus({root, "config"});
    cryptoCorpus({root, "crypto"});
    identityCorpus({root, "identity"});
    httpCorpus({root, "http"});
    filesCorpus({root, "files"});
    picturesCorpus({root, "pictures"});
    cameraCorpus({root, "camera"});
    storeCorpus({root, "store"});
    salvageCorpus({root, "salvage"});
    inboxCorpus({root, "inbox"});
    doorCorpus({root, "door"});
    booksCorpus({root, "books"});
    themeCorpus({root, "theme"});
    loginCorpus({root, "login"});
    return 0;
}
