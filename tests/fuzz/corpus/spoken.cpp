// What comes over the line: to the gateway, from it, and what a scanner or a phone hands over.
#include "Corpus.h"
#include "Made.h"
#include "oidc/ClientAssertion.h"

namespace tram::seeds {

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
    into.add(12, test::surveyAnswer().toJson().reveal());
    into.add(12, test::signedAnswer().toJson().reveal());
    into.add(12, test::provenAnswer().toJson().reveal());
    into.add(13, test::dossier().toJson());
    into.add(14, wire::MyDossiers{{test::dossier()}, "", "2026-11-21T09:41:07+07:00"}.toJson());
    into.add(15, "h29.25 \u2013 26O310 \u2013 0420");
    into.add(15, "000.00.01.H29-260310-0420");
    into.add(16, test::guideTally().toJson().reveal());
    into.add(16, test::awayTally().toJson().reveal());
    into.add(17, test::dossierRating().toJson().reveal());
    into.add(17, test::visitRating().toJson().reveal());
    into.add(17, test::kioskRating().toJson().reveal());
    into.add(18, test::kioskFault().toJson().reveal());
    into.add(19, wire::OfficeRating{43, 128, "2026-11-30"}.toJson());
    into.add(20, test::visitRating().proof.reveal());
    into.add(21, test::rightsRequest().toJson().reveal());
    into.add(22, test::myServices().toJson());
    into.add(22, R"({"version":2,"revision":0,"services":[{"id":"dossier"}],"layout":{"columns":3}})");
    into.add(23, test::myNotices().toJson());
    into.add(24, test::noticesSeen().toJson());
    into.add(25, test::myDocuments().toJson());
    into.add(26, test::myAccount().toJson());
    into.add(27, test::myConsents().toJson());
    into.add(28, test::myRights().toJson());
    into.add(29, test::turnBoard().toJson());
    into.add(30, test::turnAnswer().toJson());
    into.add(30, R"({"refused":"closed","opens":"13:00"})");
    into.add(31, wire::TurnRequest{test::id(), "ho-tich"}.toJson());
    into.add(32, test::appointmentRequest().toJson().reveal());
    into.add(33, test::appointmentStatus().toJson());
    into.add(34, test::watchRequest().toJson().reveal());
    into.add(35, test::turnTicket().toJson());
    into.add(36, test::myAppointments().toJson());
    into.add(37, test::campaigns().toJson());
    into.add(38, test::campaignPlan().toJson());
    into.add(39, test::wardReport().toJson());
    into.add(40, test::staffList().toJson());
    into.add(41, wire::BadgeCode::write(test::badgeOf(1)).reveal());
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
    // RFC 9497, appendix A.1.2: a public key is an element like any other.
    const auto element = *crypto::fromHex("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e");
    into.add(11, slip(0, 3, 1) + std::string(element.begin(), element.end()));
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

void loginCorpus(Corpus into) {
    into.add(
        0,
        R"({"sub":"x","a":{"n":"Trần Thị Lan"},"b":"08/03/1985","l":2,"t":"C","p":"079185001234","f":"0900 000 101"})");
    into.add(0, R"({"sub":"y","a":{"n":"Marie"},"b":"14/07/1991","l":"2","t":"N"})");
    into.add(1, "wdjb mjht");
    into.add(2, *base::readFile(std::string(TRAM_SOURCE_DIR) + "/resources/demo/vneid-provider.json"));
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

}  // namespace tram::seeds
