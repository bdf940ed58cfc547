/** Services whose mark is in the package, as simple-icons calls them: their names in small letters without blanks and signs. */
export const BRANDS: readonly string[] = `
  1password airtable akamai aliexpress ansible anthropic archlinux artstation asana asus auth0 authelia authentik
  backblaze bandcamp basecamp behance binance bitbucket bitwarden bluesky box brave bugcrowd buymeacoffee cashapp
  circleci cisco clickup cloudflare codeberg codecov coinbase confluence coursera cpanel cryptpad curseforge dashlane
  databricks datadog debian deezer dell deviantart digitalocean discord dribbble dropbox drupal ea ebay edx elastic
  element emby erpnext etsy evernote expressvpn facebook faceit fastly fedora figma filen firebase firefox fitbit
  flickr forgejo fortinet framer freebsd gandi garmin ghost gitea github gitlab glitch gnome godaddy gofundme
  goodreads grafana gumroad gusto hackerone hackthebox hashicorp hetzner hostinger hp hubspot humblebundle icloud
  imdb instagram intel intercom internetarchive ionos jellyfin jenkins jetbrains jira joomla joplin kaggle kakaotalk
  kde keepassxc keeper keycloak kibana kickstarter klarna kofi kubernetes kucoin lastpass lenovo letsencrypt letterboxd lg
  line linear logseq lyft mailchimp maildotru mailgun mastodon matrix mattermost medium messenger meta mikrotik miro
  modrinth mongodb monzo mullvad n26 namecheap naver netflix netlify newrelic nextcloud nordvpn nuget nvidia obsidian
  odnoklassniki odoo okta okx opensuse opera opnsense opsgenie owncloud packagist pagerduty patreon peloton pfsense
  pinterest planetscale plesk plex porkbun postgresql protonmail protonvpn proxmox puppet quickbooks railway reddit
  redis render replit revolut robinhood roblox rubygems rust samsung sap sentry shopify signal simplenote sketch
  snapchat snowflake snyk sony soundcloud sourcehut splunk spotify squarespace strava stripe substack sumologic
  supabase surfshark synology tailscale teamcity terraform tesla threads threema thunderbird tidal todoist trakt
  travisci trello tresorit trezor truenas tryhackme twitch uber ubiquiti ubisoft ubuntu udemy unraid unrealengine
  venmo vercel viber vimeo vivaldi vonage vultr webflow whatsapp wikipedia wireguard wix wordpress xero youtube
  zendesk zerotier zoho zoom zulip
`
  .trim()
  .split(/\s+/)

/** Other names under which services write themselves into an account, folded. */
export const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  airbnb: ['爱彼迎'],
  alibabacloud: ['aliyun', '阿里云'],
  alipay: ['支付宝'],
  apple: ['appleid', 'icloudapple', '苹果'],
  atlassian: ['atlassianid'],
  baidu: ['百度', '百度账号'],
  battledotnet: ['battlenet', 'blizzard'],
  bilibili: ['哔哩哔哩', 'b站'],
  blockchaindotcom: ['blockchain'],
  bookingdotcom: ['booking'],
  docker: ['dockerhub'],
  douban: ['豆瓣'],
  duolingo: ['多邻国'],
  epicgames: ['epic'],
  flydotio: ['fly', 'flyio'],
  gmail: ['googlemail'],
  gogdotcom: ['gog'],
  google: ['googleaccounts', 'googleaccount'],
  googlecloud: ['gcp', 'googlecloudplatform'],
  homeassistant: ['hass'],
  huawei: ['华为'],
  huggingface: ['hf'],
  itchdotio: ['itch', 'itchio'],
  lastdotfm: ['lastfm'],
  mega: ['meganz'],
  mozilla: ['mozillaaccount', 'mozillaaccounts', 'firefoxaccounts'],
  notion: ['notionso'],
  npm: ['npmjs'],
  ovh: ['ovhcloud'],
  paypal: ['贝宝'],
  playstation: ['psn', 'playstationnetwork', 'sonyplaystation'],
  proton: ['protonaccount', 'protonme'],
  pypi: ['pythonpackageindex'],
  qq: ['腾讯qq'],
  redhat: ['redhataccount'],
  riotgames: ['riot'],
  rocketdotchat: ['rocketchat'],
  rockstargames: ['rockstar', 'socialclub'],
  sinaweibo: ['weibo', '新浪微博', '微博'],
  stackoverflow: ['stackexchange'],
  steam: ['steamguard', 'steampowered'],
  taobao: ['淘宝'],
  telegram: ['电报'],
  tiktok: ['抖音', 'douyin'],
  tuta: ['tutanota', 'tutamail'],
  unity: ['unityid'],
  vault: ['hashicorpvault'],
  vk: ['vkontakte'],
  wechat: ['weixin', '微信'],
  wise: ['transferwise'],
  x: ['twitter'],
  xiaohongshu: ['小红书', 'rednote'],
  xiaomi: ['小米'],
  zhihu: ['知乎'],
}
