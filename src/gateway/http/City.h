#pragma once
#include <memory>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Words.h"
#include "gateway/account/ResidentStore.h"
#include "gateway/account/RightsStore.h"
#include "gateway/alerts/AlertDesk.h"
#include "gateway/connectors/FeedbackConnector.h"
#include "gateway/content/EntryShelf.h"
#include "gateway/content/PackShelf.h"
#include "gateway/content/SignedContent.h"
#include "gateway/content/WardNames.h"
#include "gateway/demo/PretendVneid.h"
#include "gateway/documents/DocumentDesk.h"
#include "gateway/dossier/DossierDesk.h"
#include "gateway/fleet/Fleet.h"
#include "gateway/fleet/LogHeads.h"
#include "gateway/fleet/StaffPublisher.h"
#include "gateway/http/CitySystems.h"
#include "gateway/http/GatewayConfig.h"
#include "gateway/http/KindShelf.h"
#include "gateway/http/Worker.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/Kiosks.h"
#include "gateway/identity/LoginRecords.h"
#include "gateway/identity/Subjects.h"
#include "gateway/identity/Tokens.h"
#include "gateway/inbox/Attachments.h"
#include "gateway/inbox/Delivery.h"
#include "gateway/inbox/Erasure.h"
#include "gateway/inbox/Inbox.h"
#include "gateway/inbox/Opener.h"
#include "gateway/inbox/Quarantine.h"
#include "gateway/inbox/ReportStore.h"
#include "gateway/inbox/RetentionClock.h"
#include "gateway/inbox/Senders.h"
#include "gateway/login/LoginService.h"
#include "gateway/notice/DossierWatch.h"
#include "gateway/phone/PhoneUploads.h"
#include "gateway/rating/Faults.h"
#include "gateway/rating/Ratings.h"
#include "gateway/survey/SurveyBatches.h"
#include "gateway/tally/CampaignBook.h"
#include "gateway/turn/Appointments.h"
#include "gateway/turn/TurnHall.h"

namespace tram::gateway {

/// Everything behind the HTTP surface, put together once. Members stand in the order they need each other.
class City {
  public:
    static base::Result<std::unique_ptr<City>> open(const GatewayConfig& config, const base::Clock& clock);

    const base::Clock& clock;
    Storage storage;
    GatewayKeys keys;
    Subjects subjects;
    SchemaSet schemas;
    SignedContent fields;
    PackShelf packs;
    std::unique_ptr<KindShelf> kinds;
    EntryShelf entries;
    WardNames wards;
    std::unique_ptr<FeedbackConnector> connector;  ///< null while the city has none
    Kiosks kiosks;
    Tokens tokens;
    Fleet fleet;
    CampaignBook campaigns;
    LogHeads logHeads;
    Attachments attachments;
    ReportStore reports;
    SurveyForms surveyForms;
    SurveyTokens surveyTokens;
    SurveyStore surveys;
    SurveyBatches surveyBatches;
    RatingKeys ratingKeys;
    Ratings ratings;
    Faults faults;
    ResidentStore residents;
    RightsStore rights;
    Appointments appointments;
    StaffRegistry staff;
    StaffPublisher staffLists;
    Opener opener;
    Senders senders;
    Inbox inbox;
    Quarantine quarantine;
    Erasure erasure;
    RetentionClock retentionClock;
    LoginRecords loginRecords;
    LoginService logins;
    PhoneUploads uploads;
    AlertDesk alerts;
    DossierDesk dossiers;
    DocumentDesk documents;
    TurnHall turns;
    DossierWatch watch;
    std::unique_ptr<PretendVneid> pretendVneid;  ///< null but in a demo
    std::unique_ptr<Delivery> delivery;
    std::unique_ptr<AppointmentDelivery> appointmentDelivery;  ///< null while the city has no queue
    std::unique_ptr<Worker> appointmentWork, watchWork;

    std::string sourceName() const { return connector ? connector->sourceName() : "1022"; }
    wire::EnrolmentAnswer welcome(const Kiosk& kiosk, const std::string& publicUrl) const;
    /// Once we know where we are found: `self` is where this gateway itself reaches its own pages.
    base::Result<void> connectLogin(const GatewayConfig& config, const std::string& self);
    void startWork();
    void stopWork();
    /// Goes on where a crash or a full disk broke off, and clears what nobody asks for, or whose time is
    /// over. Every minute.
    void tidy();
    /// Takes in the keys that an operator brought back, and opens what waited for them in quarantine.
    void followKeys();
    /// What operators did by subcommands, into our log.
    void followActs();

  private:
    City(const base::Clock& clock, const GatewayConfig& config, Storage storage, GatewayKeys keys,
         SchemaSet schemas, SignedContent fields, std::unique_ptr<KindShelf> kinds, WardNames wards,
         CitySystems systems);
    DossierWatch::Parts watchParts(const GatewayConfig& config, std::unique_ptr<Notifier> notifier);
    Vault vault();
    void connectTurns();
    void mendHalves();
    void sweepHourly();
    void sweep();
    void settleLogs();
    base::Result<ProviderProfile> pretendProfile(const GatewayConfig& config, const std::string& self);

    Retention retention_;
    std::map<std::string, base::Words> words_;  ///< of messages
    std::string phoneUrl_;                      ///< what links in them begin with
    std::optional<std::chrono::hours> loginHours_;
    std::optional<base::BootTime> swept_;
    std::size_t openings_ = 0;  ///< keys that could open when the quarantine was last tried
};

}  // namespace tram::gateway
