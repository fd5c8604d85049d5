import { names } from "../names.js";
import type { DualUseGroup } from "./dual-use-group.js";

/** What malicious programs ask before and after: where am I, what shall I do, work for a pool. */
export const lookupServices: readonly DualUseGroup[] = [
  {
    kind: "address-lookup",
    source: "SigmaHQ, Suspicious network connection to IP lookup service APIs (MITRE ATT&CK T1016)",
    domains: names(`
      2ip.ua ipify.org whatismyipaddress.com canireachthe.net curlmyip.com db-ip.com edns.ip-api.com
      ip-api.com eth0.me freegeoip.app geoipy.com getip.pro icanhazip.com ident.me ifconfig.io
      ifconfig.me ip.anysrc.net ip.cn ip.tyk.nu ipaddressworld.com ipapi.co ipconfig.io ipecho.net
      ipinfo.io ipip.net ipof.in ipv6-test.com ipwho.is jsonip.com l2.io myexternalip.com seeip.org
      wgetip.com wtfismyip.com whois.pconline.com.cn ip.taobao.com ip.360.cn bigdatacloud.net
    `),
    hosts: names(`
      checkip.amazonaws.com checkip.dyndns.org checkip.dyndns.com whatismyip.akamai.com
    `),
  },
  {
    kind: "address-lookup",
    source: "Documentation of the services themselves",
    domains: names(`
      ifconfig.co ipify.com geojs.io ipgeolocation.io ipstack.com ipapi.com ipapi.is ipregistry.co
      ip-score.com myip.com my-ip.io tnedi.me ip.sb ip.me ipw.cn cip.cc ip2location.io ipdata.co
      ipleak.net iplocation.net ipquery.io freeipapi.com freegeoip.live geoplugin.net
      geolocation-db.com geoiplookup.io whatismyip.com whoer.net ifcfg.me ipwhois.app
      reallyfreegeoip.org hostip.info iplogger.org iplogger.com grabify.link v4.ident.me showip.net
      ip.gs ipaddr.site trackip.net what-is-my-ip.net smart-ip.net ipchicken.com
      extreme-ip-lookup.com
    `),
    hosts: ["myip.opendns.com", "ip.nf", "o-o.myaddr.l.google.com"],
  },
  {
    kind: "mining-pool",
    source: "SigmaHQ, Network communication with crypto mining pool; Maltrail, crypto_mining",
    domains: names(`
      minexmr.com supportxmr.com nanopool.org moneroocean.stream hashvault.pro herominers.com
      2miners.com c3pool.com c3pool.org miningocean.org minergate.com miningpoolhub.com luckpool.net
      zpool.ca suprnova.cc f2pool.com dwarfpool.com crypto-pool.fr xmrpool.eu xmrpool.net xmrpool.de
      xmrig.com nbminer.com monerohash.com moneropool.com viaxmr.com ppxxmr.com monerpool.org
      gntl.co.uk miner.rocks minerrocks.com siamining.com prohash.net bohemianpool.com
      minemonero.pro usxmrpool.com xmrfast.com ratchetmining.com multipool.us
    `),
  },
  {
    kind: "mining-pool",
    source: "Documentation of the pools themselves",
    domains: names(`
      nicehash.com unmineable.com ethermine.org flexpool.io antpool.com viabtc.com slushpool.com
      braiins.com poolin.com btc.com kryptex.network woolypooly.com zergpool.com prohashing.com
      rplant.xyz ravenminer.com hiveon.net ezil.me sparkpool.com monerod.org p2pool.io coinhive.com
      crypto-loot.com coinimp.com webminepool.com raptoreum.zone vipor.net qubic.li salad.com
    `),
  },
  {
    kind: "blockchain-rpc",
    source: "ethereum.org, Developer tools: nodes; Chainlist; alchemy.com, Node providers",
    domains: names(`
      publicnode.com rpc.ankr.com blockpi.network g.alchemy.com alchemyapi.io infura.io
      quicknode.pro quiknode.pro drpc.org 1rpc.io cloudflare-eth.com core.chainstack.com moralis.io
      getblock.io pokt.network grove.city gateway.tenderly.co rpc.tenderly.co merkle.io
      flashbots.net mevblocker.io payload.de nodereal.io blastapi.io omniatech.io rpc.thirdweb.com
      blockcypher.com
    `),
  },
  {
    kind: "blockchain-rpc",
    source:
      "Documentation of the networks: BNB Chain, Solana, Polygon, Arbitrum, Base, TON, Aptos, TRON, Internet Computer",
    domains: names(`
      bsc-dataseed.bnbchain.org bsc-testnet-dataseed.bnbchain.org defibit.io ninicoin.io
      api.mainnet-beta.solana.com api.devnet.solana.com api.testnet.solana.com helius-rpc.com
      polygon-rpc.com arb1.arbitrum.io nova.arbitrum.io mainnet.base.org sepolia.base.org
      mainnet.optimism.io sepolia.optimism.io toncenter.com tonapi.io aptoslabs.com trongrid.io
      icp0.io ic0.app api.etherscan.io api.bscscan.com blockchain.info blockstream.info
      mempool.space blockchair.com
    `),
    hosts: ["bsc-dataseed.binance.org", "bsc-dataseed1.binance.org", "bsc-dataseed2.binance.org"],
  },
  {
    kind: "dns-over-https",
    source:
      "Documentation of the resolvers: Cloudflare, Google, Quad9, OpenDNS, AdGuard, NextDNS, CleanBrowsing, AliDNS, DNSPod",
    domains: names(`
      cloudflare-dns.com one.one.one.one dns.google dns.google.com dns.quad9.net doh.opendns.com
      adguard-dns.com dns.adguard.com nextdns.io doh.cleanbrowsing.org dns.alidns.com doh.pub
      dns.mullvad.net doh.dns.sb dns.sb doh.360.cn doh.li dns0.eu controld.com
      doh.applied-privacy.net dnsforge.de libredns.gr ahadns.net dns.twnic.tw
      doh.familyshield.opendns.com dns.digitale-gesellschaft.ch odvr.nic.cz dnspod.cn
      mozilla.cloudflare-dns.com jp.tiar.app dns.switch.ch unfiltered.joindns4.eu
    `),
  },
];
